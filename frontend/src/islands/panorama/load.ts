/**
 * Brings the viewer in where a panorama stands; without WebGL the flat picture stays.
 *
 *     <div class="panorama" data-panorama="/…/picture.jpg" data-heading="90"><img src="…" alt="…"></div>
 */
import { bind } from "../../behaviours/core.ts";
import { canDraw } from "../map/load.ts";

export function startPanoramas(): void {
  bind("[data-panorama]", (box) => {
    if (!canDraw()) return;
    void import("./viewer.ts")
      .then(({ show }) => show(box))
      .catch((error: unknown) => console.warn("The panorama cannot be shown all around.", error));
  });
}
