using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>Config maps and secrets hold a mebibyte and no more.</summary>
public sealed class SizeTests(ValidationServer server) : IClassFixture<ValidationServer>
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData("ConfigMap", "data", "[]")]
    [InlineData("Secret", "stringData", "data")]
    public async Task Create_DataAboveLimit_IsTooLong(string kind, string field, string place)
    {
        Assert.Equal(201, (await CreateAsync(kind, field, Limit)).Code);
        var answer = await CreateAsync(kind, field, Limit + 1);
        Assert.Equal($"{kind} \"big\" is invalid: {place}: Too long: may not be more than {Limit} bytes", answer.Message);
    }

    private Task<Server.RawAnswer> CreateAsync(string kind, string field, int size)
    {
        var obj = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = "big" },
            [field] = new JsonObject { ["key"] = new string('x', size) },
        };
        return server.RunAsync(new ValidationCase(kind, new JsonObject { ["object"] = obj }, []));
    }
}
