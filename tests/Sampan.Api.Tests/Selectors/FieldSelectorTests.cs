using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Selectors;

namespace Sampan.Api.Tests.Selectors;

public class FieldSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name==a,spec.nodeName!=n2", true)]
    [InlineData("spec.nodeName=", false)]
    [InlineData("status.phase=", true)]
    [InlineData("metadata.name!=a", false)]
    public void Matches_Text_ComparesFields(string text, bool matches) => Assert.Equal(
        matches, FieldSelector.Parse(text).Matches(field => field switch { "metadata.name" => "a", "spec.nodeName" => "n1", _ => null }));

    [Fact]
    public void Parse_Escapes_AreRemoved()
    {
        FieldSelector selector = FieldSelector.Parse("a=x\\,y\\=z\\\\");
        Assert.Equal("x,y=z\\", selector.RequiresExactMatch("a"));
        Assert.Equal("a=x\\,y\\=z\\\\", selector.ToString());
    }

    [Fact]
    public void Parse_NoOperator_SaysWhatUpstreamSays() => Assert.Equal(
        "invalid selector: 'a=1,b'; can't understand 'b'",
        Assert.Throws<SelectorFormatException>(() => FieldSelector.Parse("a=1,b")).Message);

    [Fact]
    public void Parse_Garbage_ThrowsOnlyItsOwnError() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Garbage.Of("ab=!\\,")), text =>
    {
        try
        {
            FieldSelector selector = FieldSelector.Parse(text);
            return selector.Requirements.SequenceEqual(FieldSelector.Parse(selector.ToString()).Requirements);
        }
        catch (SelectorFormatException)
        {
            return true;
        }
    }));
}
