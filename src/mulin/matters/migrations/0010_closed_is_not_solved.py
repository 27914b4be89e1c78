from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0006_ladders"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="follow_tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="matter",
            name="follow_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="recurrence",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["type", "spot"],
                name="matter_again_spot",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["type", "place"],
                name="matter_again_place",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["closed_at", "filed_place"],
                name="matter_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("follow_up_at__isnull", False)),
                fields=["follow_up_at", "id"],
                name="matter_follow_up",
            ),
        ),
    ]
