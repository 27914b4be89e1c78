/** What desk and portal share. */
import { startCopy } from "./copy.ts";
import { startDialogs } from "./dialog.ts";
import { startDrafts } from "./draft.ts";
import { startFocus } from "./focus.ts";
import { startFromHash } from "./fromHash.ts";
import { startMenus } from "./menu.ts";
import { startPasskeys } from "./passkey.ts";
import { startPhotos } from "./photos.ts";
import { startPlace } from "./place.ts";
import { startPolls } from "./poll.ts";
import { startRelative } from "./relative.ts";
import { startResumable } from "./resumable.ts";
import { startReveal } from "./reveal.ts";
import { startSubmitOnce } from "./submitOnce.ts";
import { startTheme } from "./theme.ts";
import { startToasts } from "./toast.ts";

export function startShared(): void {
  // Drafts come before what reads the fields.
  startDrafts();
  for (const start of [startFromHash, startReveal, startDialogs, startMenus, startTheme, startCopy, startPasskeys]) start();
  for (const start of [startResumable, startSubmitOnce, startPhotos, startPlace, startRelative, startPolls, startToasts, startFocus]) start();
}
