export function installIfNeeded(projectDir: string, say?: (line: string) => void): Promise<boolean>
export function isInstalled(projectDir: string): boolean
export function matchesLock(projectDir: string): boolean
export function npmCommand(): [string, ...string[]]
export function npm(args: string[], cwd: string): Promise<void>
export function adviceFor(words: string): string
