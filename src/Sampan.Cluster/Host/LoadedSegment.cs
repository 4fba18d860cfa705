using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>A piece of a program's or a library's file as the dynamic loader mapped it: whole pages, without the zeros that follow it.</summary>
internal readonly unsafe partial record struct LoadedSegment(nuint Start, nuint Length, bool IsWritable)
{
    private const uint Load = 1;
    private const uint Writable = 2;

    /// <summary>The segments of the program itself, then those of every library.</summary>
    public static List<LoadedSegment> All() => Collect(&Add);

    /// <summary>The segments of the program itself.</summary>
    public static List<LoadedSegment> OfProgram() => Collect(&AddFirst);

    private static List<LoadedSegment> Collect(delegate* unmanaged[Cdecl]<LoadedObject*, nuint, nint, int> add)
    {
        var segments = new List<LoadedSegment>();
        using var handle = new GCHandle<List<LoadedSegment>>(segments);
        _ = Iterate(add, GCHandle<List<LoadedSegment>>.ToIntPtr(handle));
        return segments;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Add(LoadedObject* loaded, nuint size, nint segments)
    {
        AddAll(loaded, segments);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AddFirst(LoadedObject* loaded, nuint size, nint segments)
    {
        AddAll(loaded, segments);
        return 1;       // no further
    }

    private static void AddAll(LoadedObject* loaded, nint segments)
    {
        var inPage = (nuint)Environment.SystemPageSize - 1;
        foreach (ref readonly var header in new ReadOnlySpan<ProgramHeader>(loaded->Headers, loaded->HeaderCount))
        {
            if (header.Kind != Load) continue;
            var start = loaded->Address + header.Address;
            var first = start & ~inPage;
            GCHandle<List<LoadedSegment>>.FromIntPtr(segments).Target.Add(new(first, ((start + header.FileSize + inPage) & ~inPage) - first, (header.Flags & Writable) != 0));
        }
    }

    [LibraryImport("libc", EntryPoint = "dl_iterate_phdr")]
    private static partial int Iterate(delegate* unmanaged[Cdecl]<LoadedObject*, nuint, nint, int> callback, nint data);

    /// <summary>The beginning of libc's <c>struct dl_phdr_info</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LoadedObject
    {
        public nuint Address;
        public byte* Name;
        public ProgramHeader* Headers;
        public ushort HeaderCount;
    }

    /// <summary>ELF's <c>Elf64_Phdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public uint Kind;
        public uint Flags;
        public nuint Offset;
        public nuint Address;
        public nuint PhysicalAddress;
        public nuint FileSize;
        public nuint MemorySize;
        public nuint Alignment;
    }
}
