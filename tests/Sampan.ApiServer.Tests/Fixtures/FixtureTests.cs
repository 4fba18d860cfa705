using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tests.Lifecycle;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Fixtures;

/// <summary>
/// Upstream's fixtures, objects with some value in every field, are created in every form: all forms are understood in full and
/// answered alike, with the causes that testdata/ lists: field and reason. What is wrong in a pod's template is listed once, for the
/// pod itself. UPDATE_GOLDEN=1 writes the answers into the files, to be read before they are kept.
/// </summary>
public sealed class FixtureTests(FixtureServer fixture) : IClassFixture<FixtureServer>
{
    private static readonly string[] PodSpecs = ["spec.template.spec.", "template.spec.", "spec.jobTemplate.spec.template.spec."];

    /// <summary>Those of k8s.io/api; the two of other repositories have no fixtures.</summary>
    private static readonly Dictionary<string, KindInfo> Kinds = BuiltInResources.Build([]).Select(resource => resource.Kind)
        .Where(kind => kind.Verbs.Contains("create") && kind.Group is not ("apiextensions.k8s.io" or "apiregistration.k8s.io"))
        .ToDictionary(kind => $"{(kind.Group.Length == 0 ? "core" : kind.Group)}.{kind.Version}.{kind.Kind}");

    public static TheoryData<string> Names => [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> StoredNames =>
        [.. Kinds.Where(kind => kind.Value.Verbs.Contains("watch") && !ValidFixture.IsSkipped(kind.Key)).Select(kind => kind.Key).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Create_Fixture_IsAnsweredAlikeInEveryForm(string name)
    {
        var kind = Kinds[name];
        var forms = FixtureForms.Load(kind);

        var json = await CreateAsync(kind, Encoding.UTF8.GetBytes(forms.Json), "application/json");
        var path = Path.Combine(Root(), name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(path, json);
        Assert.Equal(await File.ReadAllTextAsync(path), json);
        Assert.Equal(json, await CreateAsync(kind, Encoding.UTF8.GetBytes(forms.Yaml), "application/yaml"));
        Assert.Equal(json, await CreateAsync(kind, forms.Protobuf, "application/vnd.kubernetes.protobuf"));
    }

    /// <summary>With every field that can be set beside the others.</summary>
    [Theory]
    [MemberData(nameof(StoredNames))]
    public async Task Serve_FixtureThatIsValid_LivesItsWholeLife(string name)
    {
        await using var server = await FixtureServer.StartAsync();
        await ObjectLife.RunAsync(server, ValidFixture.Of(name, Kinds[name]));
    }

    private async Task<string> CreateAsync(KindInfo kind, byte[] body, string type)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var collection = kind.Namespaced ? $"{root}/namespaces/default/{kind.Plural}" : $"{root}/{kind.Plural}";
        return Describe(await fixture.Server.SendAsync("POST", $"{collection}?dryRun=All&fieldValidation=Strict", body, type, "application/json"));
    }

    /// <summary>The code, then a line for each cause, or the message when there are none.</summary>
    private static string Describe(RawAnswer answer)
    {
        var text = new StringBuilder($"{answer.Code}\n");
        if (answer.Code < 300)
        {
            return text.ToString();
        }
        Assert.Equal("Status", (string?)answer.Json["kind"]);
        if (answer.Json["details"]?["causes"] is not JsonArray causes)
        {
            return text.Append(answer.Message).Append('\n').ToString();
        }
        foreach (var cause in causes)
        {
            Assert.NotEqual("", (string?)cause!["message"]);
            var field = (string)cause["field"]!;
            if (!PodSpecs.Any(prefix => field.StartsWith(prefix, StringComparison.Ordinal)))
            {
                text.Append($"{field}: {((string)cause["reason"]!).Replace("FieldValue", "", StringComparison.Ordinal)}\n");
            }
        }
        return text.ToString();
    }

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "testdata");
}
