using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Codec;

public class YamlTreeTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: No", """{"a":false}""")]
    [InlineData("a: on", """{"a":true}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 0644", """{"a":420}""")]
    [InlineData("a: 0o644", """{"a":420}""")]
    [InlineData("a: 0b101", """{"a":5}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 089", """{"a":89}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: .5", """{"a":0.5}""")]
    [InlineData("a: -7", """{"a":-7}""")]
    [InlineData("a: .inf", """{"a":".inf"}""")]
    [InlineData("a: 2001-01-01", """{"a":"2001-01-01"}""")]
    [InlineData("a: 1:30", """{"a":"1:30"}""")]
    [InlineData("a: 10.0.0.1", """{"a":"10.0.0.1"}""")]
    [InlineData("a: 100m", """{"a":"100m"}""")]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("a: !!float 1", """{"a":1}""")]
    [InlineData("a: !!binary aGk=", """{"a":"hi"}""")]
    [InlineData("yes: 1", """{"true":1}""")]
    [InlineData("1: x", """{"1":"x"}""")]
    [InlineData("- a\n- b: c\n  d: e", """["a",{"b":"c","d":"e"}]""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3", """{"a":{"b":1,"c":2},"d":{"b":3,"c":2}}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("a: >-\n  x\n  y\n", """{"a":"x y"}""")]
    [InlineData("{\"a\": [1, \"b\"]}", """{"a":[1,"b"]}""")]
    public void Parse_Yaml_ResolvesAsUpstream(string yaml, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(JsonTree.Encode(YamlTree.Parse(yaml))));

    [Fact]
    public void ParseAll_Documents_SkipsEmptyOnes() =>
        Assert.Equal(2, YamlTree.ParseAll("---\na: 1\n---\n# nothing\n---\nb: 2\n").Count);

    [Theory]
    [InlineData("a: [1")]
    [InlineData("a: b: c")]
    [InlineData("a: *x")]
    [InlineData("[a]: 1")]
    [InlineData("a: {<<: 1}")]
    public void Parse_NoYaml_Throws(string yaml) => Assert.Throws<YamlFormatException>(() => YamlTree.Parse(yaml));

    [Fact]
    public void Parse_DuplicateKey_IsReported()
    {
        JsonReadContext context = new(FieldValidation.Strict);
        YamlTree.Parse("a: 1\na: 2", context);
        Assert.Equal(["yaml: unmarshal errors:\n  line 2: key \"a\" already set in map"], context.StrictErrors);
    }

    [Fact]
    public void Parse_AliasesOfAliases_AreStopped()
    {
        StringBuilder bomb = new("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("excessive aliasing", Assert.Throws<YamlFormatException>(() => YamlTree.Parse(bomb.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsStopped() =>
        Assert.Throws<YamlFormatException>(() => YamlTree.Parse(new string('[', 5000) + new string(']', 5000)));

    [Fact]
    public void Format_Object_LooksAsUpstreams() => Assert.Equal(
        """
        apiVersion: v1
        data:
          empty: ""
          flag: "true"
          text: |
            one
            two
        items:
        - a: 1
          b:
          - x
        - []
        - {}
        version: "1.0"

        """.ReplaceLineEndings("\n"),
        YamlTree.Format(JsonNode.Parse(
            """{"version":"1.0","apiVersion":"v1","data":{"text":"one\ntwo\n","flag":"true","empty":""},"items":[{"b":["x"],"a":1},[],{}]}""")));

    [Fact]
    public void Format_AKeyWithAStarInside_ParsesToTheSame() =>
        Assert.Equal("1", YamlTree.Parse(YamlTree.Format(new JsonObject { ["a *b"] = 1, ["key"] = 2 }))!["a *b"]!.ToJsonString());

    [Fact]
    public void Format_AnyText_ParsesToTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(Garbage.Of("ab01:- #'\"\n\t\\{}[]&*!|>%@`,.~+é\u0001y")), text =>
    {
        JsonObject node = new() { ["key"] = text, ["list"] = new JsonArray(text, new JsonArray(text)), [text + "k"] = 1 };
        return JsonTree.DeepEquals(node, YamlTree.Parse(YamlTree.Format(node)));
    }));

    [Fact]
    public void Parse_Garbage_ThrowsOnlyItsOwnError() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        Arb.From(Garbage.Of("ab1:- #'\"\n\t\\{}[]&*!|>%@`,.~<?")), text =>
    {
        try
        {
            YamlTree.ParseAll(text);
        }
        catch (YamlFormatException)
        {
            // What garbage deserves.
        }

        return true;
    }));
}
