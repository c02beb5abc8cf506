import { useEffect, useState } from 'react';

/** False in the first picture, true from the next on: what is not needed to see the app is loaded after it. */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    // The first frame comes before the paint, the second after it; a page in the background has no frames.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => setPainted(true))));
    const anyway = setTimeout(() => setPainted(true), 1000);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      clearTimeout(anyway);
    };
  }, []);
  return painted;
}
