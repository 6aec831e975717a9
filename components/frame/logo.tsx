export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 26 26" className={className} role="img" aria-label="Spanlight">
      <rect x="2" y="4" width="16" height="4" rx="2" fill="var(--color-accent)" />
      <rect x="7" y="11" width="17" height="4" rx="2" fill="var(--color-fg)" />
      <rect x="5" y="18" width="9" height="4" rx="2" fill="var(--color-bar-error)" />
    </svg>
  )
}
