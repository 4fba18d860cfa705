using System.Text;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Tests.Cgroups;

public sealed class CgroupFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("9223372036854771712\n", 9223372036854771712)]
    [InlineData("-1\n", -1)]
    [InlineData("42", 42)]
    [InlineData("max\n", 0)]
    [InlineData("", 0)]
    [InlineData("1 2\n", 0)]
    public void Number_IsWhatTheFileConsistsOf(string text, long number)
    {
        File.WriteAllText(_path, text);
        Assert.Equal(number, CgroupFile.Number(_path));
    }

    [Fact]
    public void AFileThatIsNotThere_IsEmpty()
    {
        var path = _path + ".gone";
        Assert.Equal((0, 0, ""), (CgroupFile.Number(path), CgroupFile.Table(path)["file"u8], CgroupFile.Text(path)));
    }

    [Fact]
    public void Table_FindsWholeNamesOnly()
    {
        File.WriteAllText(_path, "file_mapped 1\nfile 2\n\ninactive_file 3\nodd\nname x\nlast 4");
        var table = CgroupFile.Table(_path);
        Assert.Equal([1, 2, 3, 0, 0, 4, 0], [table["file_mapped"u8], table["file"u8], table["inactive_file"u8], table["odd"u8], table["name"u8], table["last"u8], table["fil"u8]]);
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Text_OfAnySize_IsWhole(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        File.WriteAllText(_path, text, new UTF8Encoding(false));
        Assert.Equal(text, CgroupFile.Text(_path));
    }

    [Fact]
    public void Text_OfProc_WhichTellsNoSize_IsWhole() => Assert.Contains("VmRSS:", CgroupFile.Text("/proc/self/status"), StringComparison.Ordinal);
}
