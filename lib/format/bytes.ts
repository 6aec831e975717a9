/** `13 MB`: decimal units, as ClickHouse and disks count. */
export function formatBytes(bytes: number): string {
  let value = bytes
  for (const unit of ['B', 'kB', 'MB', 'GB', 'TB']) {
    if (Math.abs(value) < 999.5 || unit === 'TB') {
      const digits = unit === 'B' || Math.abs(value) >= 99.95 ? 0 : 1
      return `${value.toFixed(digits).replace(/\.0$/, '')} ${unit}`
    }
    value /= 1000
  }
  return `${bytes} B`
}
