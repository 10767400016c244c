export const people = {
  title: 'People',
  text: 'Who may do what in this pharmacy. A change counts at the very next click of that person, on every device.',
  here: 'Work here',
  left: 'Worked here once',
  nobody: 'Nobody works here yet',
  unnamed: 'Without a name',
  you: 'You',
  rights: {
    pharmacist: 'reads prescriptions, supplies on them, signs the registers',
    stock_keeper: 'buys, receives and counts stock',
    administrator: 'people, prices, offers, money, settings',
  },
  signedIn: (devices: number) =>
    devices === 0
      ? 'Not signed in'
      : devices === 1
        ? 'Signed in on 1 device'
        : `Signed in on ${devices} devices`,
  add: 'Add a person',
  addText: 'Roles wait for her if she has never signed in. Nothing is sent to the number.',
  mobile: 'Mobile number',
  mobileHint: '10 digits; she signs in with it',
  name: 'Name',
  roles: 'Roles',
  pickRole: 'Choose at least one role.',
  addAct: 'Give these roles',
  change: 'Change roles',
  changeOf: (name: string) => `Change roles of ${name}`,
  changeText:
    'She keeps exactly the roles ticked here. Without any she leaves: signed out everywhere at once.',
  changeSelf: 'These are your own roles. Without “Administrator” this page closes for you.',
  save: 'Save roles',
  takeBack: 'Give roles again',
  takeBackOf: (name: string) => `Give roles again to ${name}`,
  signOut: 'Sign out everywhere',
  signOutOf: (name: string) => `Sign out everywhere: ${name}`,
  signOutText: 'For a lost phone. Every device needs a new code; the roles stay.',
  signedOut: (name: string) => `${name} is signed out everywhere.`,
  changed: (name: string, roles: string) => `${name}: ${roles}.`,
  noRole: 'no role, signed out',
  undo: 'Put back as it was',
  undone: (name: string) => `The roles of ${name} are as before.`,
  changes: 'Changes',
  changesText: 'Every role given and taken stays on record, with who did it.',
  noChanges: 'No change yet',
  given: (role: string, name: string) => `${name} received ${role}`,
  taken: (role: string, name: string) => `${name} lost ${role}`,
  by: (name: string) => `by ${name}`,
  byNobody: {
    given: 'at the terminal, where no name is kept',
    taken: 'by whom is not on record: at the terminal, or before names were kept',
  },
}
