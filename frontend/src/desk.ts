/** The bundle of the desk: keyboard first. */
import "./styles/look.scss";
import { startShared } from "./behaviours/all.ts";
import { startKeys } from "./behaviours/keys.ts";
import { startList } from "./behaviours/list.ts";
import { startHtmx } from "./htmx.ts";
import { startMaps } from "./islands/map/load.ts";
import { startPanoramas } from "./islands/panorama/load.ts";

startHtmx();
startKeys();
startList();
startShared();
startMaps();
startPanoramas();
