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
