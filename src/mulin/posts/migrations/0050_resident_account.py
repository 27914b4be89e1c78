"""The account of a resident is called by its name: `Resident` is the registry's word for the person."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("posts", "0020_leave")]

    operations = [migrations.RenameModel("Resident", "ResidentAccount")]
