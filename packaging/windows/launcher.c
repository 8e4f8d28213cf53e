/* memorybook.exe and memorybook.com: the program for Windows begins here.
 *
 * Beside it lie a Python that belongs to nobody else and the program. Python is started isolated: no variable of
 * the environment, no folder of the person's and none of the working directory adds code to it. Libraries are
 * looked for in this folder and in the system's alone.
 *
 * Made twice from this file: for the window, and with CONSOLE for what is typed in a terminal, which would not
 * wait for the first one and would see nothing of what it says. PYTHON is the name of Python's library.
 */

#ifndef UNICODE
#define UNICODE
#endif
#include <windows.h>
#include <shellapi.h>

#define LONGEST 32768
#define OWN_WORDS 7

typedef int (*py_main)(int, wchar_t **);

/* Before anything else runs: "frozen" is how the program knows that it has to start itself by this file. */
static wchar_t *const BEGIN = L"import sys; sys.frozen = True; from memorybook.__main__ import main; sys.exit(main())";

static wchar_t folder[LONGEST];

static int not_whole(void)
{
#ifndef CONSOLE
    MessageBoxW(NULL,
                L"A part of Memory Book is missing on this computer, so it cannot open now.\n\n"
                L"Your books are not part of the program; nothing was done to them. "
                L"Please install Memory Book once more.",
                L"Memory Book", MB_OK | MB_ICONINFORMATION);
#else
    static const char said[] = "A part of Memory Book is missing on this computer. Your books are not part of the\r\n"
                               "program; nothing was done to them. Please install Memory Book once more.\r\n";
    DWORD written;
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), said, sizeof said - 1, &written, NULL);
#endif
    return 1;
}

static py_main python(void)
{
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (length == 0 || length >= LONGEST - 64)
        return NULL;
    while (length > 0 && folder[length - 1] != L'\\')
        length--;
    lstrcpyW(folder + length, PYTHON);
    HMODULE library = LoadLibraryExW(folder, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    return library ? (py_main)(void *)GetProcAddress(library, "Py_Main") : NULL;
}

static int run(void)
{
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    SetDllDirectoryW(L"");
    py_main start = python();
    int given = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &given);
    if (!start || !words || given < 1)
        return not_whole();
    wchar_t **all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (size_t)(given + OWN_WORDS) * sizeof *all);
    if (!all)
        return not_whole();
    int count = 0;
    all[count++] = words[0];
    all[count++] = L"-I"; /* isolated */
    all[count++] = L"-O"; /* as it was compiled */
    all[count++] = L"-X"; /* text is UTF-8, also on the way to another program */
    all[count++] = L"utf8";
    all[count++] = L"-c";
    all[count++] = BEGIN;
    for (int each = 1; each < given; each++)
        all[count++] = words[each];
    return start(count, all);
}

#ifdef CONSOLE
int wmain(void)
{
    return run();
}
#else
int WINAPI wWinMain(HINSTANCE own, HINSTANCE none, PWSTR line, int shown)
{
    (void)own, (void)none, (void)line, (void)shown;
    return run();
}
#endif
