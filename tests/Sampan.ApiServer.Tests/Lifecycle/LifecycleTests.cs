using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Lifecycle;

/// <summary>
/// Every served kind that stores something is created, read in all forms, listed, watched, patched in each way, applied and deleted,
/// from the small valid object of it in samples/.
/// </summary>
public sealed class LifecycleTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Root(), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Samples_AllServedKinds_HaveOne()
    {
        var sampled = Samples.Select(row => ObjectLife.KindOf(Read(row.Data)).GroupVersionKind).ToHashSet();
        var stored = BuiltInResources.Build([]).Select(resource => resource.Kind).Where(kind => kind.Verbs.Contains("watch"));
        Assert.Equal("", string.Join('\n', stored.Select(kind => kind.GroupVersionKind).Where(kind => !sampled.Contains(kind))));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Serve_Kind_LivesItsWholeLife(string sample)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await ObjectLife.RunAsync(server, Read(sample));
    }

    /// <summary>A small valid object.</summary>
    internal static JsonObject Read(string sample) => (JsonObject)YamlTree.Parse(File.ReadAllText(Path.Combine(Root(), sample + ".yaml")))!;

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "samples");
}
