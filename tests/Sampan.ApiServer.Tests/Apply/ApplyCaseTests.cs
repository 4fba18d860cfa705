using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Tests.Apply;

/// <summary>
/// Folders of testdata: steps.yaml has a document per write, with its manager, operation (Apply, Update, Create), force and object; what
/// becomes of them is in expected.yaml, or in conflict.txt when the last apply is refused.
/// </summary>
public class ApplyCaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root()).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_Case_MatchesExpectation(string name)
    {
        string folder = Path.Combine(Root(), name);
        IObject? live = null;
        var time = Start;
        try
        {
            foreach (JsonNode step in YamlTree.ParseAll(File.ReadAllText(Path.Combine(folder, "steps.yaml"))))
            {
                live = Write(live, (JsonObject)step, time);
                time = time.AddMinutes(1);
            }
            Expect(Path.Combine(folder, "expected.yaml"), YamlTree.Format(JsonTree.Parse(ObjectForms.Encode(live!))));
        }
        catch (StatusException e)
        {
            var causes = e.Status.Details?.Causes.OrEmpty().Select(cause => $"{cause.Reason} {cause.Field}: {cause.Message}\n") ?? [];
            Expect(Path.Combine(folder, "conflict.txt"), $"{e.Code} {e.Reason}\n{e.Message}\n{string.Concat(causes)}");
        }
    }

    private static IObject Write(IObject? live, JsonObject step, DateTimeOffset time)
    {
        var tree = (JsonObject)step["object"]!;
        var kind = Kinds.Find(GroupVersionKind.FromApiVersion((string)tree["apiVersion"]!, (string)tree["kind"]!))!;
        var owner = new FieldOwner((string)step["manager"]!, (string?)step["subresource"] ?? "");
        var json = JsonTree.Encode(tree);
        if ((string?)step["operation"] is null or "Apply")
        {
            return new ServerSideApply(kind, json, owner, (bool?)step["force"] == true).Run(live, time);
        }
        var obj = kind.DecodeJson(json);
        if (live is null)
        {
            FieldTracking.Created(kind, obj, owner, time);
        }
        else
        {
            FieldTracking.Updated(kind, obj, live, ObjectForms.Encode(live), owner, time);
        }
        return obj;
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
