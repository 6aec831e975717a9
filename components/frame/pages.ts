import { Search } from 'lucide-react'

/** The pages of the rail and of the palette: only those that work. */
export const PAGES = [
  { title: 'Search', href: '/search?source=traces', prefix: ['/search', '/trace'], icon: Search },
] as const
