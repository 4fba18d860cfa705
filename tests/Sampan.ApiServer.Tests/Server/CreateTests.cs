using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class CreateTests
{
    [Fact]
    public async Task Create_ConfigMap_FillsSystemFields()
    {
        await using var server = await StartAsync();
        var created = await server.Client.Of<ConfigMap>().CreateAsync(New("a"), default);
        Assert.NotEmpty(created.Metadata.Uid);
        Assert.NotEmpty(created.Metadata.ResourceVersion);
        Assert.NotNull(created.Metadata.CreationTimestamp);
        var read = await server.Client.Of<ConfigMap>().GetAsync("default", "a", default);
        Assert.Same(created, read);
    }

    [Fact]
    public async Task Create_SameNameTwice_IsAlreadyExists()
    {
        await using var server = await StartAsync();
        await server.Client.Of<ConfigMap>().CreateAsync(New("a"), default);
        var refusal = await RefusalAsync(() => server.Client.Of<ConfigMap>().CreateAsync(New("a"), default));
        Assert.True(refusal.IsAlreadyExists);
        Assert.Equal("configmaps \"a\" already exists", refusal.Message);
    }

    [Fact]
    public async Task Create_GenerateName_MakesDistinctNames()
    {
        await using var server = await StartAsync();
        var map = New("");
        map.Metadata.GenerateName = "run-";
        var first = await server.Client.Of<ConfigMap>().CreateAsync(map, default);
        var second = await server.Client.Of<ConfigMap>().CreateAsync(map, default);
        Assert.Matches("^run-[bcdfghjklmnpqrstvwxz2456789]{5}$", first.Metadata.Name);
        Assert.NotEqual(first.Metadata.Name, second.Metadata.Name);
        Assert.Equal("", map.Metadata.Name);
    }

    [Fact]
    public async Task Create_NoName_NamesTheField()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => server.Client.Of<ConfigMap>().CreateAsync(New(""), default));
        Assert.Equal("ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required", refusal.Message);
        Assert.Equal("metadata.name", Assert.Single(refusal.Status.Details!.Causes!).Field);
    }

    [Fact]
    public async Task Create_NamespaceAbsent_IsNotFound()
    {
        await using var server = await StartAsync();
        var map = New("a");
        map.Metadata.Namespace = "nowhere";
        var refusal = await RefusalAsync(() => server.Client.Of<ConfigMap>().CreateAsync(map, default));
        Assert.Equal("namespaces \"nowhere\" not found", refusal.Message);
    }

    [Fact]
    public async Task Create_DryRun_StoresNothing()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps?dryRun=All", """{"metadata":{"name":"a"}}""");
        Assert.Equal(201, answer.Code);
        Assert.NotNull(answer.Json["metadata"]!["uid"]);
        Assert.Null(answer.Json["metadata"]!["resourceVersion"]);
        Assert.Null(await server.Client.Of<ConfigMap>().FindAsync("default", "a", default));
    }

    [Theory]
    [InlineData("Strict", 400)]
    [InlineData("Warn", 201)]
    [InlineData("Ignore", 201)]
    public async Task Create_UnknownField_IsTreatedAsAsked(string validation, int code)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync(
            "POST", $"/api/v1/namespaces/default/configmaps?fieldValidation={validation}", """{"metadata":{"name":"a"},"dota":{}}""");
        Assert.Equal(code, answer.Code);
        Assert.Equal(validation == "Warn", answer.Headers["Warning"].ToString() == "299 - \"unknown field \\\"dota\\\"\"");
        if (validation == "Strict")
        {
            Assert.Equal(
                "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"dota\"", answer.Message);
        }
    }

    [Fact]
    public async Task Create_OtherNamespaceInBody_IsBadRequest()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync(
            "POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a","namespace":"kube-system"}}""");
        Assert.Equal(400, answer.Code);
        Assert.Equal("the namespace of the provided object does not match the namespace sent on the request", answer.Message);
    }

    [Fact]
    public async Task Create_Yaml_IsRead()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync(
            "POST", "/api/v1/namespaces/default/configmaps", "metadata:\n  name: a\ndata:\n  k: v\n", "application/yaml");
        Assert.Equal(201, answer.Code);
        Assert.Equal("v", (string?)answer.Json["data"]!["k"]);
    }

    [Fact]
    public async Task Create_BodyTooLarge_Is413()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", new string(' ', (3 * 1024 * 1024) + 1));
        Assert.Equal(413, answer.Code);
        Assert.Equal("Request entity too large: limit is 3145728", answer.Message);
    }

    private static ConfigMap New(string name) => new() { Metadata = new() { Name = name, Namespace = "default" }, Data = new() { ["k"] = "v" } };
}
