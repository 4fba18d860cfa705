using Sampan.Api.Cel;
using Sampan.Api.Resource;

namespace Sampan.Api.Tests.Cel;

/// <summary>What can be told of an expression before it is evaluated, by those that select devices.</summary>
public sealed class CelCheckerTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("device.driver == 'gpu.example.com'")]
    [InlineData("device.attributes['gpu.example.com'].model == 'h100'")]
    [InlineData("device.attributes['gpu.example.com'].cores > 4 && device.allowMultipleAllocations")]
    [InlineData("device.attributes['gpu.example.com'].ready")]
    [InlineData("device.capacity['gpu.example.com'].memory.compareTo(quantity('10Gi')) >= 0")]
    [InlineData("device.capacity['gpu.example.com'].?memory.orValue(quantity('0')).isGreaterThan(quantity('1'))")]
    [InlineData("has(device.attributes['x'].y) ? device.attributes['x'].y in ['a', 'b'] : false")]
    [InlineData("'x' in device.attributes && device.attributes['x'].exists(name, name.startsWith('a'))")]
    [InlineData("device.attributes.all(domain, values, domain != '' && size(values) < 10)")]
    [InlineData("cel.bind(d, device.attributes['x'], d.y == 1 || d.z == 'a')")]
    [InlineData("device.attributes['x'].version.isGreaterThan(semver('1.2.3'))")]
    [InlineData("sets.contains(['a', 'b'], [device.driver])")]
    [InlineData("[1, 2, 3].map(i, i * 2).filter(i, i > 2).size() == 2")]
    [InlineData("1 < 2.0 && type(device.driver) == string && null != device")]
    [InlineData("device.driver.split('.')[0].upperAscii() == 'GPU'")]
    public void Compile_MakesSense_IsTaken(string expression) => DeviceExpressions.Compile(expression);

    [Theory]
    [InlineData("device.nope", 7, "undefined field 'nope'")]
    [InlineData("has(device.nope)", 11, "undefined field 'nope'")]
    [InlineData("device.driver == 1", 15, "found no matching overload for '_==_' applied to '(string, int)'")]
    [InlineData("device.driver.foo", 14, "type 'string' does not support field selection")]
    [InlineData("device == 1", 8, "found no matching overload for '_==_' applied to '(kubernetes.DRADevice, int)'")]
    [InlineData("device.attributes == 'a'", 19, "found no matching overload for '_==_' applied to '(map(string, map(string, any)), string)'")]
    [InlineData("device.capacity['x'].y > 1", 24, "found no matching overload for '_>_' applied to '(kubernetes.Quantity, int)'")]
    [InlineData("device.driver.startsWith(1)", 25, "found no matching overload for 'startsWith' applied to 'string.(int)'")]
    [InlineData("size(1) == 1", 5, "found no matching overload for 'size' applied to '(int)'")]
    [InlineData("device.driver && true", 15, "found no matching overload for '_&&_' applied to '(string, bool)'")]
    [InlineData("!device.driver", 1, "found no matching overload for '!_' applied to '(string)'")]
    [InlineData("1 ? true : false", 3, "found no matching overload for '_?_:_' applied to '(int, bool, bool)'")]
    [InlineData("device.driver.all(c, true)", 7, "expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)")]
    [InlineData("[1, 'a'] == []", 5, "expected type 'int' but found 'string'")]
    [InlineData("'a' in 'abc'", 5, "found no matching overload for '@in' applied to '(string, string)'")]
    [InlineData("thing == 1", 1, "undeclared reference to 'thing' (in container '')")]
    [InlineData("device.driver.shorten()", 22, "undeclared reference to 'shorten' (in container '')")]
    [InlineData("", 1, "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")]
    public void Compile_CannotBeRight_SaysWhatAndWhere(string expression, int column, string message)
    {
        var error = Assert.Throws<CelException>(() => DeviceExpressions.Compile(expression));
        Assert.Equal($"compilation failed: ERROR: <input>:1:{column}: {message}\n | {expression}\n | {new string('.', column - 1)}^", error.Message);
    }

    [Fact]
    public void Compile_SeveralMistakes_AreToldInOrder()
    {
        var error = Assert.Throws<CelException>(() => DeviceExpressions.Compile("a == 1 ||\n device.b == c"));
        Assert.Equal(
            ["<input>:1:1", "<input>:2:8", "<input>:2:14"],
            error.Message.Split('\n').Where(line => line.Contains("ERROR", StringComparison.Ordinal)).Select(line => line.Replace("compilation failed: ", "", StringComparison.Ordinal)[7..].Split(": ")[0]));
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("device.driver == 'gpu.example.com'", 4)]                                       // variable, field, 15 characters compared
    [InlineData("device.attributes['gpu.example.com'].ready", 4)]
    [InlineData("has(device.attributes['x'].y)", 3)]
    [InlineData("device.driver in ['a', 'b']", 14)]                                             // a list is 10, each item 1
    [InlineData("device.attributes.all(domain, true)", 99)]                                     // 32 rounds of 3
    [InlineData("device.attributes.exists(domain, domain.startsWith('a'))", 195)]
    [InlineData("device.driver.matches('^[a-z]+$')", 16)]
    [InlineData("device.capacity['x'].y.compareTo(quantity('1')) >= 0", 7)]
    [InlineData("[1, 2, 3].map(i, i * 2).size() == 3", 65)]
    [InlineData("cel.bind(d, device.attributes['x'], d.y == d.z)", 24)]
    public void MaxCost_Expression_IsCelsOwn(string expression, double cost) => Assert.Equal(cost, DeviceExpressions.Compile(expression).MaxCost);

    [Theory]
    [InlineData("device.attributes.all(a, device.attributes.all(b, device.attributes.all(c, a != b && b != c)))", false)]
    [InlineData("device.attributes.all(a, device.attributes.all(b, device.attributes.all(c, device.attributes.all(d, a != d))))", true)]
    [InlineData("device.attributes['x'].y.all(item, item.matches(item))", true)]                     // how large its items are nobody knows
    public void MaxCost_NestedLoops_ExceedTheLimit(string expression, bool exceeds) => Assert.Equal(exceeds, DeviceExpressions.Compile(expression).MaxCost > DeviceExpressions.MaxCost);

    [Theory]
    [InlineData("1 + 1", "int")]
    [InlineData("device.driver", "string")]
    [InlineData("device.attributes['x']", "map(string, any)")]
    [InlineData("device.capacity['x'].y", "kubernetes.Quantity")]
    public void Compile_OfAnotherType_SaysWhich(string expression, string type) =>
        Assert.Equal($"must evaluate to bool or the unknown type, not {type}", Assert.Throws<CelTypeException>(() => DeviceExpressions.Compile(expression)).Message);
}
