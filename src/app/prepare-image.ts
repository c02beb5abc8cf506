import type { PreparedImage } from './store/platform';

/** Longest side that models make use of; larger ones are made smaller by the providers anyway, or refused. */
const MAX_SIDE = 2048;
/** Every provider takes images of this size, in bytes. */
const MAX_BYTES = 3_500_000;
const JPEG_QUALITY = 0.9;

/**
 * An image as every model takes it: PNG or JPEG, not too large. Drawing it anew also leaves out what a camera wrote beside the picture, such
 * as the place. Rejects when the browser cannot read it.
 */
export async function prepareImage(file: Blob): Promise<PreparedImage> {
  const bitmap = await createImageBitmap(file);
  try {
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser gave no canvas.');
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const png = file.type === 'image/jpeg' ? null : await canvas.convertToBlob({ type: 'image/png' });
    if (png !== null && png.size <= MAX_BYTES) return await toBytes(png);
    // JPEG has no transparency.
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    return await toBytes(await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY }));
  } finally {
    bitmap.close();
  }
}

async function toBytes(blob: Blob): Promise<PreparedImage> {
  return { mediaType: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
}
