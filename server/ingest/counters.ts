type Labels = Readonly<Record<string, string>>

interface Family {
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly values: Map<string, number>
}

/** Counters and gauges in Prometheus' text format. */
export class Counters {
  private readonly families = new Map<string, Family>()

  add(name: string, help: string, labels: Labels, amount: number): void {
    if (amount === 0) return
    const { values } = this.family(name, help, 'counter')
    const key = labelText(labels)
    values.set(key, (values.get(key) ?? 0) + amount)
  }

  set(name: string, help: string, value: number): void {
    this.family(name, help, 'gauge').values.set('', value)
  }

  /** The sum over all label values that contain the given ones. */
  sum(name: string, labels: Labels): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    let sum = 0
    for (const [key, value] of this.families.get(name)?.values ?? []) {
      if (wanted.every((text) => key.includes(text))) sum += value
    }
    return sum
  }

  text(): string {
    const lines: string[] = []
    for (const [name, { type, help, values }] of this.families) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
      for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`)
    }
    return `${lines.join('\n')}\n`
  }

  private family(name: string, help: string, type: Family['type']): Family {
    let family = this.families.get(name)
    if (!family) {
      family = { type, help, values: new Map() }
      this.families.set(name, family)
    }
    return family
  }
}

/** Label values are ours (signals, reasons, tables), never text from outside. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
