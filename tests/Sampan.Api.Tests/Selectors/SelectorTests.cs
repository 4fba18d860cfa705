using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;

namespace Sampan.Api.Tests.Selectors;

public class SelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["tier"] = "front", ["size"] = "5", ["none"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData(" app = web , tier != back ", true)]
    [InlineData("app!=web", false)]
    [InlineData("other!=x", true)]
    [InlineData("app in (web,db)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app notin (db)", true)]
    [InlineData("other notin (db)", true)]
    [InlineData("other in (db)", false)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!other", true)]
    [InlineData("size>4", true)]
    [InlineData("size<5", false)]
    [InlineData("app>1", false)]
    [InlineData("none=", true)]
    [InlineData("none in (,x)", true)]
    [InlineData("app=web,!tier", false)]
    public void Matches_Text_FollowsTheRequirements(string text, bool matches) => Assert.Equal(matches, Selector.Parse(text).Matches(Labels));

    [Theory]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("=b", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a=b c", "found 'c', expected: ',' or 'end of string'")]
    [InlineData("a ? b", "unable to parse requirement: found '?', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("!", "unable to parse requirement: found '', expected: identifier")]
    [InlineData("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void Parse_NoSelector_SaysWhatUpstreamSays(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SelectorFormatException>(() => Selector.Parse(text)).Message);

    [Theory]
    [InlineData("b=1,a=2", "a=2,b=1")]
    [InlineData("x in (b,a)", "x in (a,b)")]
    [InlineData("x notin (b)", "x notin (b)")]
    [InlineData("!x,y", "!x,y")]
    [InlineData("x>1,y<2,z!=3", "x>1,y<2,z!=3")]
    public void ToString_Parsed_IsSorted(string text, string written) => Assert.Equal(written, Selector.Parse(text).ToString());

    [Fact]
    public void From_LabelSelector_NullMatchesNothingEmptyMatchesAll()
    {
        Assert.False(Selector.From(null).Matches(Labels));
        Assert.True(Selector.From(new LabelSelector()).Matches(Labels));
        Assert.True(Selector.From(new LabelSelector()).MatchesEverything);
    }

    [Fact]
    public void From_LabelSelector_CombinesLabelsAndExpressions()
    {
        LabelSelector selector = new()
        {
            MatchLabels = new() { ["app"] = "web" },
            MatchExpressions = [new() { Key = "tier", Operator = "In", Values = ["front"] }, new() { Key = "gone", Operator = "DoesNotExist" }],
        };
        Assert.True(Selector.From(selector).Matches(Labels));
        Assert.Equal("app=web,!gone,tier in (front)", Selector.From(selector).ToString());
    }

    [Fact]
    public void From_UnknownOperator_Throws() => Assert.Equal(
        "\"Near\" is not a valid label selector operator",
        Assert.Throws<SelectorFormatException>(
            () => Selector.From(new LabelSelector { MatchExpressions = [new() { Key = "a", Operator = "Near" }] })).Message);

    [Fact]
    public void Parse_Garbage_ThrowsOnlyItsOwnError() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Garbage.Of("ab1=!<>(), \tin")), text =>
    {
        try
        {
            Selector selector = Selector.Parse(text);
            return selector.ToString() == Selector.Parse(selector.ToString()).ToString();
        }
        catch (SelectorFormatException)
        {
            return true;
        }
    }));
}
