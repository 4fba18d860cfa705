using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Tests.Patch;

/// <summary>Folders of testdata: document.yaml, patch.yaml and what becomes of them, in result.yaml or error.txt.</summary>
public class PatchCaseTests
{
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root()).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_Case_MatchesExpectation(string name)
    {
        string folder = Path.Combine(Root(), name);
        JsonObject document = (JsonObject)YamlTree.Parse(File.ReadAllText(Path.Combine(folder, "document.yaml")))!;
        byte[] patch = JsonTree.Encode(YamlTree.Parse(File.ReadAllText(Path.Combine(folder, "patch.yaml"))));
        try
        {
            Expect(Path.Combine(folder, "result.yaml"), YamlTree.Format(Apply(name, document, patch)));
        }
        catch (StatusException e)
        {
            Expect(Path.Combine(folder, "error.txt"), $"{e.Code} {e.Reason}\n{e.Message}\n");
        }
    }

    private static JsonNode Apply(string name, JsonObject document, byte[] patch)
    {
        switch (name.Split('-')[0])
        {
            case "strategic":
                KindInfo kind = Kinds.Find(GroupVersionKind.FromApiVersion((string)document["apiVersion"]!, (string)document["kind"]!))!;
                return StrategicMergePatch.Apply(document, patch, new TypeStructure(kind.Schema));
            case "merge":
                JsonMergePatch.Apply(document, patch);
                return document;
            default:
                return JsonPatch.Apply(document, patch);
        }
    }

    private static void Expect(string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{Path.GetFileName(file)} is missing; got:\n{actual}");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "testdata");
}
