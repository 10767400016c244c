/** Waiting times are shown in minutes: a tick three times a minute keeps them honest at no cost. */
const tickMs = 20_000

class Clock {
  now = $state.raw(new Date())

  start(): () => void {
    const timer = setInterval(() => {
      this.now = new Date()
    }, tickMs)
    return () => clearInterval(timer)
  }
}

export const clock = new Clock()
