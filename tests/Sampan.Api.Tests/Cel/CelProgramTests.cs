using Sampan.Api.Cel;

namespace Sampan.Api.Tests.Cel;

public sealed class CelProgramTests
{
    private static readonly Dictionary<string, object?> Variables = new()
    {
        ["x"] = 3L,
        ["name"] = "gpu-0",
        ["list"] = new List<object?> { 1L, 2L, 3L },
        ["map"] = new CelMap([new("a", 1L), new("nested", new CelMap([new("b", "c")]))]),
        ["memory"] = Quantity.Parse("80Gi"),
    };

    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("(1 + 2) * 3 == 9")]
    [InlineData("7 / 2 == 3 && 7 % 2 == 1 && -7 / 2 == -3")]
    [InlineData("7.0 / 2.0 == 3.5")]
    [InlineData("1 == 1.0 && 1u == 1 && dyn(1) != dyn('1')")]
    [InlineData("0xff == 255 && 1e3 == 1000.0 && .5 < 1.0")]
    [InlineData("-9223372036854775808 < 0")]
    [InlineData("x > 2 ? true : false")]
    [InlineData("!(x < 2) && !!true")]
    [InlineData("true || 1 / 0 == 1")]
    [InlineData("1 / 0 == 1 || true")]
    [InlineData("!(1 / 0 == 1 && false)")]
    [InlineData("'a' + \"b\" == 'ab' && r'\\n'.size() == 2 && '\\u00e9'.size() == 1 && '''a'b'''.size() == 3")]
    [InlineData("b'abc'.size() == 3 && bytes('abc') == b'abc'")]
    [InlineData("2 in list && !(4 in list) && 'a' in map")]
    [InlineData("list[0] == 1 && list.size() == 3 && size(map) == 2")]
    [InlineData("map.a == 1 && map['nested'].b == 'c'")]
    [InlineData("has(map.a) && !has(map.z) && has(map.nested.b)")]
    [InlineData("list.all(i, i > 0) && list.exists(i, i == 2) && list.exists_one(i, i == 3)")]
    [InlineData("!list.all(i, i / 0 == 1 || i > 5) || true")]
    [InlineData("list.map(i, i * 2) == [2, 4, 6] && list.map(i, i > 1, i) == [2, 3] && list.filter(i, i > 2) == [3]")]
    [InlineData("map.exists(k, k == 'a') && list.all(i, v, v == i + 1)")]
    [InlineData("{'k': [1, {'z': 2}]}.k[1].z == 2")]
    [InlineData("type(x) == int && type('a') == string && type(map) != list")]
    [InlineData("int('42') == 42 && string(42) == '42' && double('1.5') == 1.5 && uint(7) == 7u")]
    [InlineData("name.startsWith('gpu') && name.endsWith('-0') && name.contains('pu') && name.matches('^gpu-[0-9]+$')")]
    [InlineData("'A-B'.lowerAscii() == 'a-b' && 'a b'.upperAscii() == 'A B' && ' x '.trim() == 'x'")]
    [InlineData("'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b'")]
    [InlineData("'hello'.substring(1, 3) == 'el' && 'hello'.replace('l', 'L', 1) == 'heLlo' && 'hello'.indexOf('l') == 2 && 'abc'.charAt(1) == 'b'")]
    [InlineData("'a1b22'.find('[0-9]+') == '1' && 'a1b22'.findAll('[0-9]+') == ['1', '22']")]
    [InlineData("[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [3, 1].max() == 3 && [1, 2].isSorted() && [1, 2, 1].lastIndexOf(1) == 2")]
    [InlineData("sets.contains([1, 2], [1]) && sets.intersects([1, 2], [2, 3]) && sets.equivalent([1, 2], [2, 1, 1])")]
    [InlineData("memory.compareTo(quantity('40Gi')) > 0 && memory.isGreaterThan(quantity('1Gi')) && quantity('1k').asInteger() == 1000")]
    [InlineData("quantity('1').add(quantity('500m')) == quantity('1500m') && quantity('2').sub(1) == quantity('1') && quantity('1024Mi') == quantity('1Gi')")]
    [InlineData("isQuantity('1Gi') && !isQuantity('x') && quantity('1.5').isInteger() == false")]
    [InlineData("semver('1.10.0').isGreaterThan(semver('1.9.9')) && semver('1.0.0-rc.1').isLessThan(semver('1.0.0')) && semver('1.2.3').minor() == 2")]
    [InlineData("isSemver('1.2.3') && !isSemver('v1.2') && isSemver('v1.2', true) && semver('v1.2', true) == semver('1.2.0')")]
    [InlineData("cel.bind(n, map.nested, n.b == 'c')")]
    [InlineData("map.?z.orValue(5) == 5 && map.?a.hasValue() && map[?'a'].value() == 1 && optional.none().orValue(1) == 1")]
    [InlineData("duration('90s') > duration('1m') && timestamp('2026-01-02T00:00:00Z') > timestamp('2026-01-01T00:00:00Z')")]
    [InlineData("// a remark\n x == 3")]
    [InlineData("timestamp('2026-03-04T05:06:07.089Z').getFullYear() == 2026 && timestamp('2026-03-04T05:06:07Z').getMonth() == 2 && timestamp('2026-03-04T05:06:07Z').getDate() == 4")]
    [InlineData("timestamp('2026-03-04T05:06:07Z').getDayOfMonth() == 3 && timestamp('2026-03-04T05:06:07Z').getDayOfWeek() == 3 && timestamp('2026-02-01T00:00:00Z').getDayOfYear() == 31")]
    [InlineData("timestamp('2026-03-04T05:06:07.089Z').getMilliseconds() == 89 && timestamp('2026-03-04T05:06:07Z').getHours('-08:00') == 21 && timestamp('2026-03-04T05:06:07Z').getDate('-08:00') == 3")]
    [InlineData("duration('1h30m').getHours() == 1 && duration('1h30m').getMinutes() == 90 && duration('90s').getSeconds() == 90 && duration('2s').getMilliseconds() == 2000")]
    [InlineData("ip('192.168.0.1').family() == 4 && ip('2001:db8::abcd') == ip('2001:DB8::ABCD') && string(ip('2001:DB8::ABCD')) == '2001:db8::abcd' && type(ip('::1')) == type(ip('10.0.0.1'))")]
    [InlineData("isIP('10.0.0.1') && !isIP('10.0.0') && !isIP('010.0.0.1') && !isIP('10.0.0.1/8') && !isIP('fe80::1%eth0') && !isIP('::ffff:1.2.3.4') && !isIP('[::1]')")]
    [InlineData("ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::') && !ip.isCanonical('2001:DB8::') && !ip.isCanonical('2001:db8:0:0:0:0:0:1')")]
    [InlineData("ip('127.0.0.1').isLoopback() && ip('0.0.0.0').isUnspecified() && ip('224.0.0.1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()")]
    [InlineData("cidr('192.168.0.0/24').containsIP('192.168.0.7') && !cidr('192.168.0.0/24').containsIP(ip('192.168.1.7')) && cidr('2001:db8::/32').containsIP('2001:db8:1::1')")]
    [InlineData("cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') && !cidr('192.168.10.0/24').containsCIDR(cidr('192.168.0.0/16')) && cidr('10.1.2.3/13').masked() == cidr('10.0.0.0/13')")]
    [InlineData("cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('192.168.0.0/24').prefixLength() == 24 && string(cidr('::1/128')) == '::1/128' && isCIDR('::/0') && !isCIDR('10.0.0.0') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0/08')")]
    [InlineData("url('https://user@example.com:80/path%20to?a=1&b=x+y&a=2#end').getHost() == 'example.com:80' && url('https://example.com:80/').getHostname() == 'example.com' && url('https://[::1]:8443/').getHostname() == '::1'")]
    [InlineData("url('https://example.com:80/').getPort() == '80' && url('https://example.com/').getPort() == '' && url('HTTPS://example.com').getScheme() == 'https' && url('/absolute').getScheme() == ''")]
    [InlineData("url('https://example.com/with space/').getEscapedPath() == '/with%20space/' && url('https://example.com/a%2Fb').getEscapedPath() == '/a%2Fb' && url('https://example.com').getEscapedPath() == ''")]
    [InlineData("url('/p?a=1&b=x+y&a=2#c=3').getQuery() == {'a': ['1', '2'], 'b': ['x y']} && url('/p').getQuery() == {}")]
    [InlineData("isURL('https://example.com') && isURL('/a') && isURL('mailto:x@y') && !isURL('a/b') && !isURL('') && !isURL('https://exa mple.com') && !isURL('https://example.com:port/') && !isURL('/%zz')")]
    [InlineData("!format.dns1123Label().validate('my-name').hasValue() && format.dns1123Label().validate('My_Name').hasValue() && !format.dns1123LabelPrefix().validate('my-name-').hasValue()")]
    [InlineData("format.named('uuid').value().validate('not').value() == ['does not match the UUID format'] && !format.named('nope').hasValue()")]
    [InlineData("!format.date().validate('2026-02-28').hasValue() && format.date().validate('2026-02-30').value() == ['invalid date'] && !format.datetime().validate('2026-02-28T01:02:03Z').hasValue() && format.datetime().validate('2026-02-28').hasValue()")]
    [InlineData("!format.byte().validate('YQ==').hasValue() && format.byte().validate('a').value() == ['invalid base64'] && !format.uri().validate('https://example.com').hasValue() && format.uri().validate('a b').hasValue()")]
    [InlineData("!format.qualifiedName().validate('example.com/a').hasValue() && format.labelValue().validate('-').hasValue() && format.dns1035Label().validate('1a').hasValue() && !format.dns1123Subdomain().validate('a.b').hasValue()")]
    [InlineData("'%s has %d of %.2f%%'.format(['a', 2, 12.5]) == 'a has 2 of 12.50%' && '%s %s'.format([[1, 'a'], {'k': true}]) == '[1, a] {k: true}'")]
    [InlineData("'%x %X %b %o %e'.format([255, 'hi', 5, 8, 1234.5]) == 'ff 6869 101 10 1.234500e+03' && '%x %d'.format([-255, -7]) == '-ff -7' && '%s'.format([null]) == 'null'")]
    [InlineData("strings.quote('a\\tb') == '\"a\\\\tb\"'")]
    public void Evaluate_Expression_IsTrue(string expression) => Assert.Equal(true, CelProgram.Compile(expression, Variables.Keys).Evaluate(Variables));

    [Theory]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("1 % 0", "modulus by zero")]
    [InlineData("9223372036854775807 + 1", "integer overflow")]
    [InlineData("map.z", "no such key: z")]
    [InlineData("list[7]", "index out of bounds: 7")]
    [InlineData("x + 'a'", "no such overload: _+_")]
    [InlineData("x.size()", "no such overload: size")]
    [InlineData("name.startsWith(1)", "no such overload: startsWith")]
    [InlineData("x ? 1 : 2", "no such overload: _?_:_")]
    [InlineData("x && true", "no such overload: _&&_")]
    [InlineData("ip('10.0.0.256')", "IP Address \"10.0.0.256\" parse error during conversion from string: ParseAddr(\"10.0.0.256\"): unable to parse IP")]
    [InlineData("ip('fe80::1%eth0')", "IP address \"fe80::1%eth0\" with zone value is not allowed")]
    [InlineData("ip('::ffff:1.2.3.4')", "IPv4-mapped IPv6 address \"::ffff:1.2.3.4\" is not allowed")]
    [InlineData("cidr('10.0.0.0/33')", "network address parse error during conversion from string: CIDR \"10.0.0.0/33\" parse error during conversion from string: netip.ParsePrefix(\"10.0.0.0/33\"): prefix length out of range")]
    [InlineData("url('a/b')", "URL parse error during conversion from string: parse \"a/b\": invalid URI for request")]
    [InlineData("url('')", "URL parse error during conversion from string: parse \"\": empty url")]
    [InlineData("'%q'.format(['a'])", "could not parse formatting clause: unrecognized formatting clause \"q\"")]
    [InlineData("'%d %d'.format([1])", "index 1 out of range")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('Nowhere')", "unknown time zone Nowhere")]
    public void Evaluate_NoValue_SaysWhy(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<CelException>(() => CelProgram.Compile(expression, Variables.Keys).Evaluate(Variables)).Message);

    [Theory]
    [InlineData("y == 1", "undeclared reference to 'y' (in container '')")]
    [InlineData("foo(1)", "undeclared reference to 'foo' (in container '')")]
    [InlineData("x.foo()", "undeclared reference to 'foo' (in container '')")]
    [InlineData("list.all(i, true) && i", "undeclared reference to 'i' (in container '')")]
    [InlineData("1 +", "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")]
    [InlineData("(1", "Syntax error: unexpected '<EOF>'")]
    [InlineData("1 2", "Syntax error: unexpected '2'")]
    [InlineData("'a", "Syntax error: token recognition error at: 'a")]
    [InlineData("a # b", "Syntax error: token recognition error at: '#'")]
    [InlineData("9223372036854775808", "invalid int literal")]
    [InlineData("has(x)", "invalid argument to has() macro")]
    public void Compile_NoExpression_SaysWhere(string expression, string message)
    {
        var error = Assert.Throws<CelException>(() => CelProgram.Compile(expression, Variables.Keys)).Message;
        Assert.StartsWith("ERROR: <input>:1:", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_DeeplyNested_IsRefused()
    {
        var expression = new string('(', 10_000) + "1" + new string(')', 10_000);
        Assert.Contains("recursion limit", Assert.Throws<CelException>(() => CelProgram.Compile(expression, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_CostsTooMuch_IsStopped()
    {
        var program = CelProgram.Compile("list.all(a, list.all(b, list.all(c, list.all(d, true))))", ["list"]);
        var variables = new Dictionary<string, object?> { ["list"] = Enumerable.Range(0, 100).Select(i => (object?)(long)i).ToList() };
        Assert.Contains("cost limit exceeded", Assert.Throws<CelException>(() => program.Evaluate(variables, 10_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_AnyText_EitherWorksOrSaysWhy()
    {
        var random = new Random(7);
        string[] words = ["x", "list", "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "'a'", "1", "2.5", "in", "&&", "||", "!", "-", "all", "has", "map", "\"", "\\", "`", "cel", "bind", "'"];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)] + (random.Next(3) == 0 ? " " : "")));
            try
            {
                CelProgram.Compile(text, Variables.Keys).Evaluate(Variables);
            }
            catch (CelException)
            {
                // It is no expression.
            }
        }
    }
}
