/** Makes a photo small enough for a village network before it is sent. Drawing it anew also drops where it was taken. */
export const MAX_SIDE = 1600;
const QUALITY = 0.85;

/** Width and height within the limit, in the same proportion; never larger than before. */
export function fit(width: number, height: number, limit: number): [number, number] {
  const scale = Math.min(1, limit / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** The picture of a file, upright. Old Safari has no createImageBitmap for files: an <img> does it too. */
async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    const image = new Image();
    const url = URL.createObjectURL(file);
    try {
      await new Promise((done, failed) => {
        image.onload = done;
        image.onerror = failed;
        image.src = url;
      });
    } finally {
      URL.revokeObjectURL(url);
    }
    return image;
  }
}

/** The smaller file, or the one given where this browser cannot read it (the server will say so if it cannot either). */
export async function shrink(file: File, limit = MAX_SIDE): Promise<File> {
  if (!file.type.startsWith("image/") || file.type === "image/gif") return file;
  try {
    const picture = await decode(file);
    const [width, height] = fit(picture.width, picture.height, limit);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")!.drawImage(picture, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}
