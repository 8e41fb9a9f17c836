export class Feeds {}
