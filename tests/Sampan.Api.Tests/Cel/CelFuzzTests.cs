using Sampan.Api.Cel;

namespace Sampan.Api.Tests.Cel;

/// <summary>Expressions with a few changes: a value, or a refusal that says why; within the cost that they may have.</summary>
public sealed class CelFuzzTests
{
    private const int Rounds = 4000;

    private static readonly string[] Good =
    [
        "x > 2 && name.matches('^g[a-z]+$') ? list.map(i, i * 2).size() == 3 : 'a' + \"b\" == r'\\n'",
        "{'k': [1, {'z': 2u}]}.k[1].z == 2 || has(map.a) && !list.all(i, v, v == i + 1)",
        "quantity('1').add(quantity('500m')).compareTo(memory) < 0 && duration('1h').getSeconds() > 0x1f",
        "ip('::1').family() == 6 && cidr('10.0.0.0/8').containsIP('10.1.1.1') && url('https://a/b?c=d').getHost() == 'a'",
        "'a,b'.split(',').join('-').replace('l', 'L', 1).substring(1, 2) in ['%s'.format([1.5]), b'abc', '''x''']",
        "cel.bind(y, x + 1, optional.of(y).orValue(3) == 4) && semver('1.2.3').isLessThan(semver('2.0.0'))",
    ];

    private static readonly string[] Tokens =
    [
        "(", ")", "[", "]", "{", "}", "?", ":", "&&", "||", "!", "-", "9223372036854775808", "1e999", "0x", "'", "\"", "\\u00", "\\", ".", ".?", ",",
        "null", "in", "has(", ".map(", "x", "list", "size(", "dyn(", "type(", "\0", "é", "\ud83d", "'''", "b'", "//",
    ];

    private static readonly Dictionary<string, object?> Variables = new()
    {
        ["x"] = 3L,
        ["name"] = "gpu",
        ["list"] = new List<object?> { 1L, 2L, 3L },
        ["map"] = new CelMap([new("a", 1L)]),
        ["memory"] = Quantity.Parse("80Gi"),
    };

    [Fact]
    public void Compile_BadExpressions_HaveAValueOrAreRefused()
    {
        var random = new Random(36);
        for (var round = 0; round < Rounds; round++)
        {
            var expression = Change(Good[random.Next(Good.Length)], random);
            try
            {
                CelProgram.Compile(expression, Variables.Keys).Evaluate(Variables, costLimit: 10_000);
            }
            catch (CelException)
            {
                // What bad expressions deserve.
            }
            catch (Exception failure)
            {
                Assert.Fail($"{expression}\n{failure}");
            }
        }
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("{1:", "}")]
    [InlineData("x+(", ")")]
    [InlineData("true?true:", "")]
    public void Compile_NestedDeeply_IsRefused(string open, string close)
    {
        var expression = string.Concat(Enumerable.Repeat(open, 100_000)) + "x" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Throws<CelException>(() => CelProgram.Compile(expression, Variables.Keys));
    }

    private static string Change(string text, Random random)
    {
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var place = random.Next(text.Length + 1);
            text = random.Next(4) switch
            {
                0 => text[..place] + text[Math.Min(text.Length, place + random.Next(12))..],
                1 => text[..place] + (char)random.Next(128) + text[Math.Min(text.Length, place + 1)..],
                2 => text.Insert(random.Next(text.Length + 1), text[place..Math.Min(text.Length, place + random.Next(20))]),
                _ => text.Insert(place, Tokens[random.Next(Tokens.Length)]),
            };
        }
        return text;
    }
}
