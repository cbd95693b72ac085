import {describeLaws} from "../lib/scaling/describeLaws.js";

process.stdout.write(JSON.stringify(describeLaws()) + "\n");
