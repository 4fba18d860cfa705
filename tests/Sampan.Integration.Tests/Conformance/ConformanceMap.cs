using YamlDotNet.Serialization;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>
/// One file of tests/conformance: the behaviours of a sig, each with the tests that show it, or with the issue that will.
/// <code>
/// Kubectl, cluster info: [Sampan.EndToEnd.Tests.Clients.ReadingTests.ClusterInfo_Asked_NamesTheControlPlane]
/// Admission webhook, deny create: { issue: admission-and-extension }
/// </code>
/// Behaviours that share one name share one entry.
/// </summary>
internal sealed record ConformanceMap(string Sig, IReadOnlyDictionary<string, ConformanceMap.Entry> Behaviours)
{
    public static string Folder => Path.Combine(Checkout.Root, "tests", "conformance");

    public static IEnumerable<string> Sigs => Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static ConformanceMap Read(string sig)
    {
        var yaml = new DeserializerBuilder().WithDuplicateKeyChecking().Build();
        var entries = yaml.Deserialize<Dictionary<string, object?>>(File.ReadAllText(Path.Combine(Folder, sig + ".yaml")));
        return new(sig, entries.ToDictionary(entry => entry.Key, entry => ToEntry(entry.Key, entry.Value)));
    }

    private static Entry ToEntry(string behaviour, object? value) => value switch
    {
        List<object> { Count: > 0 } tests => new([.. tests.Select(test => (string)test)], null),
        Dictionary<object, object> { Count: 1 } reason when reason.TryGetValue("issue", out var issue) && issue is string { Length: > 0 } text => new([], text),
        _ => throw new FormatException($"{behaviour}: a list of tests or 'issue: NAME' is expected"),
    };

    /// <param name="Tests">Full names of test methods.</param>
    /// <param name="Issue">The later work that a behaviour without tests belongs to.</param>
    internal sealed record Entry(IReadOnlyList<string> Tests, string? Issue);
}
