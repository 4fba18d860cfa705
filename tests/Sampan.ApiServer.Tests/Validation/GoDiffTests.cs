using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Tests.Validation;

public sealed class GoDiffTests
{
    [Fact]
    public void Of_ChangedField_ShowsThreeLinesAround()
    {
        var (old, now) = (new Toleration { Key = "a", Operator = "Exists" }, new Toleration { Key = "a", Operator = "Exists", Effect = "NoExecute" });
        Assert.Equal(
            """
            @@ -2,6 +2,6 @@
              "Key": "a",
              "Operator": "Exists",
              "Value": "",
            - "Effect": "",
            + "Effect": "NoExecute",
              "TolerationSeconds": null
             }

            """.ReplaceLineEndings("\n"),
            GoDiff.Of(old, now));
    }

    [Fact]
    public void Of_Pods_ShowsWhatIsInsideTheSecurityContext()
    {
        var (old, now) = (new PodSpec { HostNetwork = true, NodeName = "n" }, new PodSpec { NodeName = "n" });
        Assert.Equal(
            """
            @@ -12,7 +12,7 @@
              "AutomountServiceAccountToken": null,
              "NodeName": "n",
              "SecurityContext": {
            -  "HostNetwork": true,
            +  "HostNetwork": false,
               "HostPID": false,
               "HostIPC": false,
               "ShareProcessNamespace": null,

            """.ReplaceLineEndings("\n"),
            GoDiff.Of(old, now));
    }

    /// <summary>The examples are those of the documentation of Python's difflib and of diff(1).</summary>
    [Theory]
    [InlineData("one two three four", "ore tree emu", "@@ -1,4 +1,3 @@\n-one\n-two\n-three\n-four\n+ore\n+tree\n+emu\n")]
    [InlineData("a b c d e f g h", "a b c d e f g", "@@ -5,4 +5,3 @@\n e\n f\n g\n-h\n")]
    [InlineData("", "a", "@@ -0,0 +1 @@\n+a\n")]
    [InlineData("a b", "a b", "")]
    [InlineData("1 2 3 4 5 6 7 8 9", "x 2 3 4 5 6 7 8 y", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n")]
    [InlineData("1 2 3 4 5 6 7 8", "x 2 3 4 5 6 7 y", "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n")]
    public void OfLines_Words_IsTheUnifiedDiff(string old, string now, string diff) => Assert.Equal(diff, GoDiff.OfLines(Lines(old), Lines(now)));

    private static string[] Lines(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word + "\n")];
}
