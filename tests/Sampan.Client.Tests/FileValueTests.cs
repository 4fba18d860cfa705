namespace Sampan.Client.Tests;

public sealed class FileValueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-files-").FullName;

    private int _writes;

    private string File1 => Path.Combine(_folder, "one");

    private string File2 => Path.Combine(_folder, "two");

    [Fact]
    public void Current_FilesChange_IsMadeAnewOnce()
    {
        Write("a", "1");
        var made = 0;
        var value = new FileValue<string>(texts => $"{string.Concat(texts)} {++made}", File1, File2);
        Assert.Equal("a1 1", value.Current);
        Assert.Equal("a1 1", value.Current);
        Write("b", "1");
        Assert.Equal("b1 2", value.Current);
    }

    [Fact]
    public void Current_HalfWayThroughARotation_IsWhatItWas()
    {
        Write("a", "a");
        var value = new FileValue<string>(texts => texts[0] == texts[1] ? texts[0] : throw new ArgumentException("not a pair"), File1, File2);
        Assert.Equal("a", value.Current);
        Write("b", "a");
        Assert.Equal("a", value.Current);
        File.Delete(File2);
        Assert.Equal("a", value.Current);
        Write("b", "b");
        Assert.Equal("b", value.Current);
    }

    [Fact]
    public void Current_NeverReadable_Fails()
    {
        var value = new FileValue<string>(texts => texts[0], File1);
        Assert.Throws<FileNotFoundException>(() => value.Current);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string one, string two)
    {
        // Each write has a time of its own, however fast it follows.
        File.WriteAllText(File1, one);
        File.WriteAllText(File2, two);
        File.SetLastWriteTimeUtc(File1, DateTime.UnixEpoch.AddSeconds(1_700_000_000 + ++_writes));
    }
}
