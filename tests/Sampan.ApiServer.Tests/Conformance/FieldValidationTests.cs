using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Fields that a kind does not have, or that come twice, are named when the client asks for it.</summary>
public sealed class FieldValidationTests
{
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    private const string Broken = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"broken","labels":{"app":"nginx"}},
         "spec":{"unknown1":"val1","unknownDupe":"valDupe","unknownDupe":"valDupe2","paused":true,"paused":false,
          "selector":{"matchLabels":{"app":"nginx"}},
          "template":{"metadata":{"labels":{"app":"nginx"}},
           "spec":{"containers":[{"name":"nginx","image":"nginx:latest","unknownNested":"val1","imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}
        """;

    private static readonly string Sound = Broken
        .Replace("\"unknown1\":\"val1\",\"unknownDupe\":\"valDupe\",\"unknownDupe\":\"valDupe2\",\"paused\":true,", "", StringComparison.Ordinal)
        .Replace("\"unknownNested\":\"val1\",\"imagePullPolicy\":\"Always\",", "", StringComparison.Ordinal);

    private static readonly string[] Findings =
    [
        "unknown field \"spec.template.spec.containers[0].unknownNested\"",
        "duplicate field \"spec.template.spec.containers[0].imagePullPolicy\"",
        "unknown field \"spec.unknown1\"",
        "unknown field \"spec.unknownDupe\"",
        "duplicate field \"spec.paused\"",
    ];

    [Fact]
    public async Task Typed_UnknownAndDuplicateFields_AreNamedOnCreate()
    {
        await using var server = await TestServer.StartAsync();
        var refused = await server.SendAsync("POST", $"{Deployments}?fieldValidation=Strict", Broken);
        Assert.Equal(400, refused.Code);
        Assert.Contains("strict decoding error", refused.Message, StringComparison.Ordinal);
        Assert.All(Findings, finding => Assert.Contains(finding, refused.Message, StringComparison.Ordinal));

        var warned = await server.SendAsync("POST", $"{Deployments}?fieldValidation=Warn", Broken);
        Assert.Equal(201, warned.Code);
        Assert.All(Findings, finding => Assert.Contains(warned.Headers["Warning"], text => Unescape(text!).Contains(finding, StringComparison.Ordinal)));
        Assert.Null(warned.Json["spec"]!["unknown1"]);
        Assert.Equal("Never", (string?)warned.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["imagePullPolicy"]);

        var ignored = await server.SendAsync("POST", $"{Deployments}?fieldValidation=Ignore", Broken.Replace("\"name\":\"broken\"", "\"name\":\"other\"", StringComparison.Ordinal));
        Assert.Equal((201, 0), (ignored.Code, ignored.Headers["Warning"].Count));
    }

    [Fact]
    public async Task Typed_UnknownAndDuplicateFields_AreNamedOnUpdatePatchAndApply()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(201, (await server.SendAsync("POST", Deployments, Sound)).Code);
        var update = await server.SendAsync("PUT", $"{Deployments}/broken?fieldValidation=Strict", Broken);
        Assert.Equal(400, update.Code);
        Assert.All(Findings, finding => Assert.Contains(finding, update.Message, StringComparison.Ordinal));

        const string Patch = """{"spec":{"unknown1":"val1","paused":true,"paused":false}}""";
        foreach (var type in (string[])["application/merge-patch+json", "application/strategic-merge-patch+json"])
        {
            var patch = await server.SendAsync("PATCH", $"{Deployments}/broken?fieldValidation=Strict", Patch, type);
            Assert.Equal(422, patch.Code);
            Assert.Contains("unknown field \"spec.unknown1\"", patch.Message, StringComparison.Ordinal);
            Assert.Contains("duplicate field \"spec.paused\"", patch.Message, StringComparison.Ordinal);
        }
        var apply = await server.SendAsync("PATCH", $"{Deployments}/broken?fieldValidation=Strict&fieldManager=tester", Broken, "application/apply-patch+yaml");
        Assert.Equal(400, apply.Code);
    }

    [Fact]
    public async Task Typed_UnknownMetadata_IsNamed()
    {
        await using var server = await TestServer.StartAsync();
        var body = Sound
            .Replace("\"name\":\"broken\"", "\"name\":\"broken\",\"unknownMeta\":\"foo\"", StringComparison.Ordinal)
            .Replace("\"metadata\":{\"labels\"", "\"metadata\":{\"unknownEmbedded\":\"foo\",\"labels\"", StringComparison.Ordinal);
        var refused = await server.SendAsync("POST", $"{Deployments}?fieldValidation=Strict", body);
        Assert.Equal(400, refused.Code);
        Assert.Contains("unknown field \"metadata.unknownMeta\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("unknown field \"spec.template.metadata.unknownEmbedded\"", refused.Message, StringComparison.Ordinal);
    }

    private static string Unescape(string warning) => warning.Replace("\\\"", "\"", StringComparison.Ordinal);
}
