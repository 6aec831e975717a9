/** Token of the colour of a status or severity; reserved hues, never those of series. */
export function groupToken(group: string): string {
  if (/^(error|fatal|critical|crit|alert|emerg|panic|err|status_code_error)/i.test(group)) return 'bar-error'
  if (/^warn/i.test(group)) return 'bar-warn'
  if (/^(info|notice)/i.test(group)) return 'bar-info'
  if (/^(ok|status_code_ok)$/i.test(group)) return 'bar-ok'
  if (/^(debug|trace)/i.test(group)) return 'bar-debug'
  if (/^(unset|status_code_unset)?$/i.test(group)) return 'bar-neutral'
  return 'bar-other'
}

export function groupName(group: string): string {
  return group === '' ? '(none)' : group
}
