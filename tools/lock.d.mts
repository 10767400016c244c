export interface Lock {
  release(): Promise<void>
}

export function takeLock(
  name: string,
  options?: { waitMs?: number; onWait?: (holderPid: number) => void },
): Promise<Lock | undefined>

export function holderOf(name: string): Promise<number | undefined>
