export { checksum } from "./checksum.ts";
export { writeImage } from "./write-image.ts";
