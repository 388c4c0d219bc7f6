// Recordings as pictures that can be heard.
import WaveSurfer from "wavesurfer.js";
import Regions from "wavesurfer.js/dist/plugins/regions.esm.js";

export { WaveSurfer, Regions };
