using YamlDotNet.Serialization;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>tests/conformance tells the truth: it names every behaviour of a sig, and only tests that there are.</summary>
public sealed class ConformanceMapTests
{
    public static TheoryData<string> Sigs => [.. ConformanceMap.Sigs];

    [Theory]
    [MemberData(nameof(Sigs))]
    public void Map_OfASig_NamesEachOfItsBehaviours(string sig)
    {
        var reference = Checkout.Reference("conformance.yaml");
        Assert.SkipWhen(reference is null, Checkout.ReferenceMissing);
        var behaviours = BehavioursOf(sig, reference!);
        var named = ConformanceMap.Read(sig).Behaviours.Keys;
        Assert.NotEmpty(behaviours);
        Assert.Equal([], behaviours.Except(named).Select(name => $"missing: {name}"));
        Assert.Equal([], named.Except(behaviours).Select(name => $"unknown: {name}"));
    }

    [Theory]
    [MemberData(nameof(Sigs))]
    public void Map_OfASig_NamesTestsThatExist(string sig)
    {
        var tests = TestSources.Names();
        var unknown = ConformanceMap.Read(sig).Behaviours
            .SelectMany(entry => entry.Value.Tests.Where(test => !tests.Contains(test)).Select(test => $"{entry.Key}: there is no test {test}"));
        Assert.Equal([], unknown);
    }

    [Fact]
    public void Names_OfTheseSources_ContainThisTest() => Assert.Contains(
        $"{typeof(ConformanceMapTests).FullName}.{nameof(Names_OfTheseSources_ContainThisTest)}", TestSources.Names());

    // A code name begins with its sig: "[sig-cli] Kubectl client …".
    private static HashSet<string> BehavioursOf(string sig, string reference) =>
        [.. new DeserializerBuilder().Build().Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(reference))
            .Where(behaviour => behaviour["codename"].StartsWith($"[sig-{sig}]", StringComparison.Ordinal))
            .Select(behaviour => behaviour["testname"])];
}
