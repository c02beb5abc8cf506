/**
 * Headers that make the page cross-origin isolated on hosts that cannot set them, so that WebAssembly may use threads.
 * Source: HTML Standard, "cross-origin opener policies" and "embedder policies"; Fetch Standard, "Cross-Origin-Resource-Policy".
 */

/** Bodies these must not have (Fetch Standard, null body status); Response's constructor throws otherwise. */
const NULL_BODY_STATUS: readonly number[] = [101, 103, 204, 205, 304];

/**
 * The response with isolation headers, chosen by content type: choosing by `request.destination` misses worker scripts. Documents
 * get COOP and COEP, scripts COEP (a worker is a client of its own), everything CORP. An opaque response is returned as it is.
 */
export function withIsolationHeaders(response: Response): Response {
  if (response.status === 0 || response.type === 'error') return response;
  const headers = new Headers(response.headers);
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  if (type === 'text/html') headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (type === 'text/html' || /javascript|ecmascript/.test(type)) headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const body = NULL_BODY_STATUS.includes(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
