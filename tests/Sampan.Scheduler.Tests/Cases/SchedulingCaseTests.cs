using System.Runtime.CompilerServices;

namespace Sampan.Scheduler.Tests.Cases;

/// <summary>
/// Every file under testdata/PLUGIN is a case: cluster state and pod → feasible nodes, refusals, the plugin's scores, and the
/// message of a pod that fits nowhere. UPDATE_GOLDEN=1 writes the outcomes into the files, to be read before they are kept.
/// </summary>
public sealed class SchedulingCaseTests
{
    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder(), "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder(), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Schedule_Case_HasTheExpectedOutcome(string file)
    {
        var path = Path.Combine(Folder(), file);
        var (given, input, expected) = SchedulingCase.Read(path);
        var outcome = CaseOutcome.Of(given);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, $"{input}---\n{outcome}");
        else Assert.Equal(expected, outcome);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "testdata");
}
