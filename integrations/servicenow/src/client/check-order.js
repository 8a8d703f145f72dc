/** The service checks all of this again: here it is said before the order, beside the field. */
function onSubmit() {
  var rules = [
    ['resource_group', /^[A-Za-z0-9-]{1,39}$/, 'must be 1 to 39 letters, digits or "-"'],
    ['node_count', /^([1-9][0-9]{0,2}|1000)$/, 'must be a whole number from 1 to 1000'],
    [
      'ssh_public_key',
      /^\s*(ssh-rsa AAAAB3NzaC1yc2[A-Za-z0-9+/]{320,}=*( .{0,256})?)?\s*$/,
      'must be the public half of an RSA key in OpenSSH form: "ssh-rsa AAAA… comment"',
    ],
    [
      'tags',
      /^(?:[ \t]*(?!microsoft|azure|windows)[^<>%&\\?/=\r\n]{1,128}(?:=[^\r\n]{0,256})?(?:\r?\n|$)|[ \t]*(?:\r?\n|$))*$/i,
      'must be name=value on each line; names must not hold < > % & \\ ? / nor begin with microsoft, azure or windows',
    ],
  ];
  var fits = true;
  rules.forEach(function (rule) {
    g_form.hideFieldMsg(rule[0], true);
    if (rule[1].test(g_form.getValue(rule[0]))) return;
    fits = false;
    g_form.showFieldMsg(rule[0], rule[2], 'error');
  });
  return fits;
}
