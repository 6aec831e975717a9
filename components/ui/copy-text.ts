import { toast } from './toast'

/** Puts text on the clipboard; says so when the browser refuses (a page that is not a secure context). */
export async function copyText(text: string, said?: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    if (said) toast({ message: said })
    return true
  } catch {
    toast({ message: 'The browser did not allow copying', tone: 'error' })
    return false
  }
}
