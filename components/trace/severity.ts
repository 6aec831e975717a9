import type { Tone } from '@/components/ui/badge'

/** Reserved colour of a severity, from its number (OpenTelemetry's 1…24) or, without one, from its text. */
export function severityTone(severityNumber: number, severityText: string): Tone {
  const level = severityNumber || numberOfText(severityText)
  if (level >= 17) return 'error'
  if (level >= 13) return 'warn'
  if (level >= 9) return 'info'
  return 'debug'
}

const TEXTS: readonly (readonly [RegExp, number])[] = [
  [/^(fatal|error|err|crit|alert|emerg|panic)/i, 17],
  [/^warn/i, 13],
  [/^(info|notice)/i, 9],
]

function numberOfText(text: string): number {
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 0
}

const NAMES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const

export function severityLabel(severityNumber: number, severityText: string): string {
  if (severityText !== '') return severityText.toUpperCase()
  return NAMES[Math.floor((severityNumber - 1) / 4)] ?? '–'
}

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  error: 'text-error',
  warn: 'text-warn',
  info: 'text-info',
  ok: 'text-ok',
  debug: 'text-debug',
  neutral: 'text-muted',
  accent: 'text-accent',
}

export const TONE_FILL: Readonly<Record<Tone, string>> = {
  error: 'bg-error',
  warn: 'bg-warn',
  info: 'bg-info',
  ok: 'bg-ok',
  debug: 'bg-debug',
  neutral: 'bg-muted',
  accent: 'bg-accent',
}
