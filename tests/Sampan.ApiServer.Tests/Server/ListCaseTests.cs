using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>
/// Lists by limit, selector, version and token over a few objects: first/bar, second/bar, second/foo, third/barfoo, third/foo, created in
/// this order; then second/baz was created, first/bar changed, second/baz deleted, and something else written.
/// </summary>
public sealed class ListCaseTests
{
    private const string All = "first/bar second/bar second/foo third/barfoo third/foo";

    /// <summary>The namespace, the query, the names, and what is said of the rest: "" nothing, "+" that there is one, a number how many.</summary>
    public static TheoryData<string, string, string, string> Lists => new()
    {
        { "first", "", "first/bar", "" },
        { "none", "", "", "" },
        { "", "", All, "" },
        { "", "resourceVersion=0", All, "" },
        { "", "resourceVersion=NOW&resourceVersionMatch=NotOlderThan", All, "" },
        { "first", "fieldSelector=metadata.name!=bar", "", "" },
        { "second", "limit=1", "second/bar", "1" },
        { "second", "limit=1&resourceVersion=NOW", "second/bar", "1" },
        { "second", "limit=1&resourceVersion=NOW&resourceVersionMatch=Exact", "second/bar", "1" },
        { "second", "limit=1&resourceVersion=NOW&resourceVersionMatch=NotOlderThan", "second/bar", "1" },
        { "second", "limit=1&resourceVersion=0", "second/bar second/foo", "" },
        { "second", "limit=1&resourceVersion=START&resourceVersionMatch=Exact", "", "" },
        { "", "limit=1&fieldSelector=metadata.namespace=second", "second/bar", "+" },
        { "", "limit=2&fieldSelector=metadata.namespace=second", "second/bar second/foo", "" },
        // A full page goes on while anything follows; one that ends the list does not.
        { "", "limit=1&fieldSelector=metadata.name=barfoo", "third/barfoo", "+" },
        { "", "limit=2&fieldSelector=metadata.name=barfoo", "third/barfoo", "" },
        { "", "limit=2&fieldSelector=metadata.name=bar", "first/bar second/bar", "+" },
        { "", "limit=2&fieldSelector=metadata.name=foo", "second/foo third/foo", "" },
        { "", "limit=5&fieldSelector=metadata.name=foo", "second/foo third/foo", "" },
        { "", "limit=2&labelSelector=of=bar", "first/bar second/bar", "+" },
        { "", "limit=2&labelSelector=of=bar&resourceVersion=NOW", "first/bar second/bar", "+" },
        { "second", "limit=1&labelSelector=of=bar", "second/bar", "+" },
        { "second", "limit=1&labelSelector=of=foo", "second/foo", "" },
        { "second", "limit=1&fieldSelector=metadata.name=bar", "second/bar", "" },
        { "second", "limit=1&fieldSelector=metadata.name=baz", "", "" },
        { "", "limit=1&fieldSelector=metadata.name=bar,metadata.namespace=second", "second/bar", "" },
        { "second", "limit=1&fieldSelector=metadata.name=bar,metadata.namespace=third", "", "" },
        { "second", "limit=1&fieldSelector=metadata.name=bar&labelSelector=of=foo", "", "" },
        // What was, at each write.
        { "", "resourceVersion=START&resourceVersionMatch=Exact", "", "" },
        { "", "resourceVersion=1&resourceVersionMatch=Exact", "first/bar", "" },
        { "", "resourceVersion=3&resourceVersionMatch=Exact", "first/bar second/bar second/foo", "" },
        { "", "resourceVersion=6&resourceVersionMatch=Exact", "first/bar second/bar second/baz second/foo third/barfoo third/foo", "" },
        { "", "resourceVersion=8&resourceVersionMatch=Exact", All, "" },
        { "", "limit=1&resourceVersion=2&resourceVersionMatch=Exact", "first/bar", "1" },
        { "", "limit=4&resourceVersion=4", "first/bar second/bar second/foo third/barfoo", "" },
        { "", "limit=4&resourceVersion=7", "first/bar second/bar second/baz second/foo", "2" },
        // By tokens, of a namespace and of all.
        { "second", "limit=1&continue=(NOW,bar)", "second/foo", "" },
        { "second", "limit=1&resourceVersion=0&continue=(NOW,bar)", "second/foo", "" },
        { "", "limit=2&fieldSelector=metadata.name=foo&continue=(NOW,third/barfoo)", "third/foo", "" },
        { "", "limit=1&fieldSelector=metadata.name=foo&continue=(NOW,third/barfoo)", "third/foo", "" },
        { "", "limit=1&continue=(2,first/bar)", "second/bar", "" },
        { "", "limit=2&continue=(6,second/bar)", "second/baz second/foo", "2" },
        { "", "limit=4&continue=(7,second/foo)", "third/barfoo third/foo", "" },
        { "", "continue=(-1,first/bar)", "second/bar second/foo third/barfoo third/foo", "" },
        { "", "limit=2&continue=(-1,first/bar)", "second/bar second/foo", "2" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_OfSomeObjects_IsThese(string ns, string query, string names, string rest)
    {
        await using var server = await TestServer.StartAsync();
        var versions = await SeedAsync(server);
        var answer = await server.SendAsync("GET", Target(ns, query, versions));
        Assert.True(answer.Code == 200, answer.Text);
        Assert.Equal(names, string.Join(' ', answer.Json["items"]!.AsArray().Select(item => $"{item!["metadata"]!["namespace"]}/{item["metadata"]!["name"]}")));

        var metadata = answer.Json["metadata"]!;
        Assert.Equal(rest.Length > 0, metadata["continue"] is not null);
        Assert.Equal(rest is "" or "+" ? null : rest, metadata["remainingItemCount"]?.ToString());
        if (query.Contains("Exact", StringComparison.Ordinal))
        {
            var version = query[(query.IndexOf("resourceVersion=", StringComparison.Ordinal) + 16)..].Split('&')[0];
            Assert.Equal($"{versions[version]}", (string?)metadata["resourceVersion"]);
        }
    }

    [Fact]
    public async Task Continue_OfANamespace_NamesTheKeyInIt()
    {
        await using var server = await TestServer.StartAsync();
        var versions = await SeedAsync(server);
        var first = await server.SendAsync("GET", Target("second", "limit=1", versions));
        Assert.Equal(
            $$"""{"v":"meta.k8s.io/v1","rv":{{first.Json["metadata"]!["resourceVersion"]}},"start":"bar\u0000"}""",
            Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars((string)first.Json["metadata"]!["continue"]!)));
    }

    [Theory]
    [InlineData("resourceVersion=abc", 400)]
    [InlineData("resourceVersion=-1", 400)]
    [InlineData("resourceVersion=9223372036854775807", 504)]
    [InlineData("resourceVersion=9223372036854775807&resourceVersionMatch=Exact", 504)]
    [InlineData("resourceVersion=0&resourceVersionMatch=Invalid", 422)]
    [InlineData("limit=1&resourceVersion=1&continue=(NOW,second/bar)", 400)]
    [InlineData("continue=(NOW,)", 400)]
    [InlineData("continue=(0,second/bar)", 400)]
    public async Task List_Contradictory_IsRefused(string query, int code)
    {
        await using var server = await TestServer.StartAsync();
        var versions = await SeedAsync(server);
        var answer = await server.SendAsync("GET", Target("", query, versions));
        Assert.True(code == answer.Code, answer.Text);
    }

    private static string Target(string ns, string query, Dictionary<string, long> versions)
    {
        var parts = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part => $"{part[0]}={Value(part[0], part[1])}");
        return $"/api/v1/{(ns.Length > 0 ? $"namespaces/{ns}/" : "")}secrets?{string.Join('&', parts)}";

        string Value(string name, string value) => name switch
        {
            "continue" => Token(value.Trim('(', ')').Split(',')),
            "resourceVersion" => versions.TryGetValue(value, out var version) && value != "0" ? $"{version}" : value,
            _ => Uri.EscapeDataString(value),
        };

        string Token(string[] token)
        {
            var version = versions.TryGetValue(token[0], out var known) ? known : long.Parse(token[0], null);
            var json = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["start"] = token[1].Length == 0 ? "" : token[1] + "\0" };
            return System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
        }
    }

    /// <summary>The version before the first write, after each, and now.</summary>
    private static async Task<Dictionary<string, long>> SeedAsync(TestServer server)
    {
        foreach (var ns in (string[])["first", "second", "third"])
        {
            await server.Client.CreateAsync(new Namespace { Metadata = new() { Name = ns } }, default);
        }
        var versions = new Dictionary<string, long> { ["START"] = server.Store.Revision };
        foreach (var path in (string[])["first/bar", "second/bar", "second/foo", "third/barfoo", "third/foo", "second/baz"])
        {
            var (ns, name) = (path.Split('/')[0], path.Split('/')[1]);
            Keep(await server.Client.CreateAsync(new Secret { Metadata = new() { Name = name, Namespace = ns, Labels = new() { ["of"] = name } } }, default));
        }
        var secrets = server.Client.Of<Secret>();
        var changed = (await secrets.GetAsync("first", "bar", default)).DeepClone();
        changed.Data = new() { ["k"] = [1] };
        Keep(await secrets.UpdateAsync(changed, default));
        await secrets.DeleteAsync("second", "baz", null, default);
        versions[$"{versions.Count}"] = server.Store.Revision;
        await server.Client.CreateAsync(new ConfigMap { Metadata = new() { Name = "else", Namespace = "first" } }, default);
        versions["NOW"] = server.Store.Revision;
        return versions;

        void Keep(Secret secret) => versions[$"{versions.Count}"] = long.Parse(secret.Metadata.ResourceVersion!, null);
    }
}
