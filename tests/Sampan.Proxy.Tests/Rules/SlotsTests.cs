using System.Collections.Immutable;
using System.Net;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Tests.Rules;

public sealed class SlotsTests
{
    [Theory]
    [InlineData("abcd", "acd", "adc")]
    [InlineData("adc", "acde", "adce")]
    [InlineData("", "ba", "ba")]
    [InlineData("ab", "", "")]
    [InlineData("abc", "xyz", "xyz")]
    [InlineData("abc", "cab", "abc")]
    public void Assign_Change_MovesAsFewAsPossible(string previous, string wanted, string expected) =>
        Assert.Equal(Targets(expected).Order(), Slots.Assign(Targets(previous), Targets(wanted)).Order());

    [Fact]
    public void Assign_OneRemoved_MovesOnlyTheOneThatFillsTheGap()
    {
        var before = Targets("abcdefgh");
        var after = Slots.Assign(before, Targets("abdefgh"));
        int moved = after.Where((t, i) => t != before[i]).Count();
        Assert.Equal(1, moved);
    }

    private static ImmutableArray<Target> Targets(string letters) =>
        [.. letters.Select(l => new Target(IPAddress.Parse($"10.0.0.{(int)l}"), 80))];
}
