using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Apply;

namespace Sampan.ApiServer.Tests.Apply;

public class FieldSetTests
{
    private const string Ports =
        """{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:ports":{"k:{\"port\":9}":{".":{},"f:port":{}},"k:{\"port\":80}":{"f:port":{}}},"f:replicas":{}}}""";

    [Theory]
    [InlineData("{}")]
    [InlineData(Ports)]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"a/b\"":{},"v:\"a/c\"":{}}},"f:x":{"i:0":{},"i:10":{}}}""")]
    public void Encode_Decoded_IsTheSame(string json) => Assert.Equal(json, Text(Set(json)));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"f:spec":1}""")]
    [InlineData("""{"f:spec":{""")]
    public void Decode_NotAFieldSet_Throws(string json) => Assert.Throws<FormatException>(() => FieldSetCodec.Decode(new FieldsV1(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"f:b":{},"f:a":{}}""", """{"f:a":{},"f:b":{}}""")]
    [InlineData("""{"k:{\"port\":80}":{},"k:{\"port\":9}":{},"f:z":{}}""", """{"f:z":{},"k:{\"port\":9}":{},"k:{\"port\":80}":{}}""")]
    [InlineData("""{"k:{\"name\":\"ab\"}":{},"k:{\"name\":\"a\"}":{}}""", """{"k:{\"name\":\"a\"}":{},"k:{\"name\":\"ab\"}":{}}""")]
    public void Decode_UnsortedSet_Sorts(string json, string sorted) => Assert.Equal(sorted, Text(Set(json)));

    [Fact]
    public void Union_OtherPaths_HasBoth() => Assert.Equal(
        """{"f:a":{".":{},"f:x":{}},"f:b":{}}""", Text(Set("""{"f:a":{"f:x":{}}}""").Union(Set("""{"f:a":{},"f:b":{}}"""))));

    [Fact]
    public void Apply_ManyKeys_CostsLittle()
    {
        // A key costs the same in a large map as in a small one; otherwise this would take minutes.
        var owner = new FieldOwner("m", "");
        var first = Server(owner, 0).Run(null, DateTimeOffset.UnixEpoch);
        var second = (ConfigMap)Server(owner, 50_000).Run(first, DateTimeOffset.UnixEpoch);
        Assert.Equal(100_000, second.Data!.Count);
        Assert.Contains("k149999", second.Data.Keys);
        Assert.DoesNotContain("k49999", second.Data.Keys);

        static ServerSideApply Server(FieldOwner owner, int from)
        {
            var data = string.Join(',', Enumerable.Range(from, 100_000).Select(i => $"\"k{i}\":\"\""));
            var config = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{""" + data + "}}";
            return new ServerSideApply(ConfigMap.Info, Encoding.UTF8.GetBytes(config), owner, force: false);
        }
    }

    [Fact]
    public void OfNames_ComingBackToAPlace_JoinsIt() =>
        Assert.Equal("""{"f:a":{".":{},"f:b":{},"f:c":{}},"f:d":{}}""", Text(FieldSet.OfNames("a.b", "d", "a.c", "a")));

    [Fact]
    public void Union_OfManyManagers_CostsLittle()
    {
        // As many as one request can carry; if each cost what all before it did, this would take minutes.
        ManagedFieldsEntry[] entries =
        [
            .. Enumerable.Range(0, 50_000).Select(i => new ManagedFieldsEntry
            {
                Manager = $"m{i % 40_000}",
                Operation = i % 2 == 0 ? "Apply" : "Update",
                ApiVersion = "v1",
                FieldsType = "FieldsV1",
                FieldsV1 = new FieldsV1(Encoding.UTF8.GetBytes("""{"f:data":{"f:k""" + i + "\":{}}}")),
            }),
        ];
        var managed = ManagedFields.TryDecode(entries)!;
        Assert.Equal(40_000, managed.Entries.Count);
        var limited = UpdateLimit.Enforce(managed);
        Assert.Equal(20_000 + 10, limited.Entries.Count);
        Assert.Equal(40_000, limited.Union("v1").Paths().Count());
    }

    [Fact]
    public void Union_KnownPaths_IsTheSameInstance()
    {
        var set = Set(Ports);
        Assert.Same(set, set.Union(Set("""{"f:spec":{"f:replicas":{}}}""")));
    }

    [Fact]
    public void Difference_ParentPath_KeepsWhatIsBelow() =>
        Assert.Equal("""{"f:a":{"f:x":{}}}""", Text(Set("""{"f:a":{".":{},"f:x":{}},"f:b":{}}""").Difference(Set("""{"f:a":{},"f:b":{}}"""))));

    [Fact]
    public void Difference_UnknownPaths_IsTheSameInstance()
    {
        var set = Set(Ports);
        Assert.Same(set, set.Difference(Set("""{"f:spec":{"f:other":{}},"f:z":{}}""")));
    }

    [Fact]
    public void Without_ParentPath_TakesWhatIsBelow() =>
        Assert.Equal("""{"f:b":{}}""", Text(Set("""{"f:a":{".":{},"f:x":{}},"f:b":{}}""").Without(Set("""{"f:a":{}}"""))));

    [Fact]
    public void Intersection_SharedPaths_HasOnlyThose() => Assert.Equal(
        """{"f:a":{"f:x":{}}}""", Text(Set("""{"f:a":{".":{},"f:x":{}},"f:b":{}}""").Intersection(Set("""{"f:a":{"f:x":{},"f:y":{}}}"""))));

    [Fact]
    public void Paths_KeysAndValues_ReadLikeUpstream() => Assert.Equal(
        [".spec.replicas", ".spec.ports[name=\"x\",port=80].port", ".spec.set[=\"v\"]"],
        Set("""{"f:spec":{"f:replicas":{},"f:ports":{"k:{\"name\":\"x\",\"port\":80}":{"f:port":{}}},"f:set":{"v:\"v\"":{}}}}""").Paths());

    private static FieldSet Set(string json) => FieldSetCodec.Decode(new FieldsV1(Encoding.UTF8.GetBytes(json)));

    private static string Text(FieldSet set) => FieldSetCodec.Encode(set).ToString();
}
