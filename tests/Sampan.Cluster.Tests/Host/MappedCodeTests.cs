using Sampan.Cluster.Host;

namespace Sampan.Cluster.Tests.Host;

public sealed class MappedCodeTests
{
    [Theory]
    [InlineData("1000-3000 r-xp 00000000 08:01 4711                       /usr/lib/libc.so.6", "0 kB", true)]
    [InlineData("1000-3000 r--s 00000000 08:01 4711                       /opt/a folder/sampan.dll", "0 kB", true)]
    [InlineData("1000-3000 rw-p 00000000 08:01 4711                       /usr/lib/libc.so.6", "0 kB", false)]
    [InlineData("1000-3000 r--p 00000000 08:01 4711                       /usr/lib/libc.so.6", "4 kB", false)]
    [InlineData("1000-3000 r-xs 00000000 00:01 4711                       /memfd:doublemapper (deleted)", "0 kB", false)]
    [InlineData("1000-3000 r-xp 00000000 00:00 0 ", "0 kB", false)]
    [InlineData("1000-3000 r-xp 00000000 00:00 0                          [vdso]", "0 kB", false)]
    public void Unwritten_Mapping_IsAFileThatNobodyWroteTo(string mapping, string anonymous, bool isOne)
    {
        (nuint, nuint)[] expected = isOne ? [(0x1000, 0x2000)] : [];
        Assert.Equal(expected, MappedCode.Unwritten([mapping, "Size:                  8 kB", "Rss:                   8 kB", $"Anonymous:         {anonymous}", "VmFlags: rd ex"]));
    }

    [Fact]
    public void Mappings_OfAFile_AreAllItsOwnAndNoOthers()
    {
        string[] maps =
        [
            "1000-3000 r--p 00000000 08:01 4711                       /opt/a folder/sampan",
            "3000-8000 r-xp 00002000 08:01 4711                       /opt/a folder/sampan",
            "8000-9000 rw-p 00000000 00:00 0 ",
            "9000-a000 r-xp 00000000 08:01 4712                       /usr/lib/libc.so.6",
        ];
        (nuint, nuint)[] expected = [(0x1000, 0x2000), (0x3000, 0x5000)];
        Assert.Equal(expected, MappedCode.Mappings(maps, "/opt/a folder/sampan"));
        Assert.Empty(MappedCode.Mappings(maps, null));
    }

    [Fact]
    public void MapInPieces_ThisProcess_GoesOn()
    {
        MappedCode.MapInPieces();
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
}
