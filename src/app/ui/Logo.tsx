/** Two candidates side by side, one of them picked. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <rect x="4.25" y="7.25" width="6" height="12.5" rx="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <rect x="12.75" y="3" width="7.5" height="18" rx="3.75" fill="var(--accent)" />
    </svg>
  );
}
