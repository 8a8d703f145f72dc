/** The service checks all of this again: here it is said before the order, beside the field. */
// biome-ignore lint/correctness/noUnusedVariables: the form calls it by this name.
function onSubmit() {
  const rules = [
    ['resource_group', /^[A-Za-z0-9-]{1,39}$/, 'must be 1 to 39 letters, digits or "-"'],
    ['node_count', /^([1-9][0-9]{0,2}|1000)$/, 'must be a whole number from 1 to 1000'],
    [
      'ssh_public_key',
      /^(ssh-rsa AAAAB3NzaC1yc2[A-Za-z0-9+/]{320,}=*( .{0,256})?)?$/,
      'must be the public half of an RSA key in OpenSSH form: "ssh-rsa AAAA… comment"',
    ],
  ];
  // A key is pasted with the end of its line.
  const written = (name) => (name === 'ssh_public_key' ? g_form.getValue(name).trim() : g_form.getValue(name));
  const isTag = (line) => /^(?!microsoft|azure|windows)[^<>%&\\?/=]{1,128}(=.{0,256})?$/i.test(line.trim());
  const broken = rules
    .filter(([name, pattern]) => !pattern.test(written(name)))
    .map(([name, , message]) => [name, message]);
  const tags = g_form.getValue('tags').split('\n');
  if (!tags.every((line) => line.trim() === '' || isTag(line))) {
    broken.push([
      'tags',
      'must be name=value on each line; names must not hold < > % & \\ ? / nor begin with microsoft, azure or windows',
    ]);
  }
  for (const name of ['resource_group', 'node_count', 'ssh_public_key', 'tags']) g_form.hideFieldMsg(name, true);
  for (const [name, message] of broken) g_form.showFieldMsg(name, message, 'error');
  return broken.length === 0;
}
