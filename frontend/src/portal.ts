/** The bundle of the portal: small, for phones. */
import "./styles/look.scss";
import { startShared } from "./behaviours/all.ts";
import { startHtmx } from "./htmx.ts";
import { startMaps } from "./islands/map/load.ts";

startHtmx();
startShared();
startMaps();
