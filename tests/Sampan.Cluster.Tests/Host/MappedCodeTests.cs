using System.Runtime.InteropServices;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Tests.Host;

public sealed class MappedCodeTests
{
    /// <summary>Code of libc that runs in these tests, and so is in memory.</summary>
    private static readonly nuint Madvise = (nuint)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "madvise");

    [Fact]
    public void Segments_OfAllThatIsLoaded_BeginWithTheProgramAndHoldALibrarysCode()
    {
        var all = LoadedSegment.All();
        Assert.Equal(LoadedSegment.OfProgram(), all.Take(LoadedSegment.OfProgram().Count));
        Assert.False(Assert.Single(all, HoldsCodeOfLibc).IsWritable);
        Assert.All(all, segment => Assert.Equal((nuint)0, (segment.Start | segment.Length) % (nuint)Environment.SystemPageSize));
    }

    [Fact]
    public void Unchanged_SegmentOfThisProcess_IsWhatIsInMemoryAsInItsFile()
    {
        using var pages = File.OpenHandle("/proc/self/pagemap");
        var code = LoadedSegment.All().Single(HoldsCodeOfLibc);
        Assert.Contains(MappedCode.Unchanged(pages, code), part => part.Start <= Madvise && Madvise < part.Start + part.Length);
        Assert.All(MappedCode.Unchanged(pages, code), part => Assert.InRange(part.Start + part.Length, code.Start + 1, code.Start + code.Length));
        Assert.Contains(LoadedSegment.All(), segment => segment.IsWritable && Sum(MappedCode.Unchanged(pages, segment)) < segment.Length);
    }

    [Fact]
    public void MapByPage_ThisProcess_GoesOn()
    {
        MappedCode.MapByPage();
        var own = File.ReadLines("/proc/self/maps").Count(line => line.EndsWith(Environment.ProcessPath!, StringComparison.Ordinal));
        Assert.InRange(own, 3, int.MaxValue);
    }

    [Fact]
    public void Release_ThisProcess_HoldsLessOfFilesAndGoesOn()
    {
        var before = MappedCode.ResidentKilobytes();
        MappedCode.Release();
        Assert.InRange(MappedCode.ResidentKilobytes(), 1, before - 1);
    }

    private static nuint Sum(IEnumerable<(nuint Start, nuint Length)> parts) => parts.Aggregate((nuint)0, (sum, part) => sum + part.Length);

    private static bool HoldsCodeOfLibc(LoadedSegment segment) => segment.Start <= Madvise && Madvise < segment.Start + segment.Length;
}
