import { create } from 'zustand'

interface FrameState {
  palette: boolean
  keys: boolean
  setPalette: (open: boolean) => void
  setKeys: (open: boolean) => void
}

/** What the frame has open. Views of a page live in the URL, not here. */
export const useFrame = create<FrameState>((set) => ({
  palette: false,
  keys: false,
  setPalette: (palette) => set({ palette }),
  setKeys: (keys) => set({ keys }),
}))
