import {readFileSync} from "node:fs";
import {asset} from "../lib/io/assets.js";

process.stdout.write(readFileSync(asset("verified.json")));
