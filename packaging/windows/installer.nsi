; The installer for Windows: for one account, without an administrator, and the way back.
;
; packaging/makers/windows.py says VERSION, VERSION_NUMBERS, OUT, STAGE, MADE (where files.nsh is) and KIB.
; All of the program is in one folder, "program", which is put into its place when it is whole: an installation that
; is broken off leaves the older version as it was. Books are never in it, and are never touched.

Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include "MUI2.nsh"
!include "LogicLib.nsh"

!define NAME "Memory Book"
!define ID "org.memorybook.memorybook"
!define FILE_KIND "MemoryBook.Copy"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\memorybook.exe"
!define PROGRAM "$INSTDIR\program"
!define COMING "$INSTDIR\program.new"

; Windows 10, version 1809: the first that has everything the libraries ask for.
!define FIRST_BUILD 17763

; What the installer ends with, for those who run it with /S.
!define TOO_OLD 3
!define NOT_WRITTEN 4
!define IS_OPEN 5

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Memory Book"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
XPStyle on

VIProductVersion "${VERSION_NUMBERS}"
VIFileVersion "${VERSION_NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs Memory Book for this account"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!define MUI_ICON "${MADE}\memorybook.ico"
!define MUI_UNICON "${MADE}\memorybook.ico"

!define MUI_WELCOMEPAGE_TITLE "Memory Book"
!define MUI_WELCOMEPAGE_TEXT "This puts Memory Book on this computer, for your account alone. It takes about a minute and asks nothing more.$\r$\n$\r$\nNothing you write in it leaves this computer. If an older Memory Book is here, it is replaced; your books stay as they are.$\r$\n$\r$\nMemory Book is free software under the GNU General Public License, version 3 or later."
!insertmacro MUI_PAGE_WELCOME

!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "Memory Book is ready"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu, whenever you want it.$\r$\n$\r$\nTo take it off this computer again: Settings of Windows, Apps, Memory Book. Your books stay then too."
!define MUI_FINISHPAGE_RUN "${PROGRAM}\memorybook.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Memory Book now"
!define MUI_FINISHPAGE_RUN_NOTCHECKED
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "This takes the program Memory Book off this computer. Your books and their copies are not part of it and stay where they are: in “Memory Book” and “Memory Book copies” among your documents, unless you chose other folders."
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "The program is in:"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "The program is gone, your books are here"
!define MUI_FINISHPAGE_TEXT "They are in “Memory Book” in this folder, unless you chose another:$\r$\n$DOCUMENTS$\r$\n$\r$\nTheir copies are beside them, in “Memory Book copies”. A Memory Book that is installed later opens them, here or on another computer, with the passphrase or the twelve words."
!insertmacro MUI_UNPAGE_FINISH

!insertmacro MUI_LANGUAGE "English"

; Windows lets nobody write to a program while it runs, which is how both know.
!macro Closed un
Function ${un}AskUntilClosed
  again:
    ClearErrors
    IfFileExists "${PROGRAM}\memorybook.exe" 0 closed
    FileOpen $0 "${PROGRAM}\memorybook.exe" a
    IfErrors open
    FileClose $0
    IfFileExists "${PROGRAM}\memorybook.com" 0 closed
    FileOpen $0 "${PROGRAM}\memorybook.com" a
    IfErrors open
    FileClose $0
    Goto closed
  open:
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "Memory Book is open at the moment.$\r$\n$\r$\nPlease close it when it suits you: what you wrote is kept when it closes. Then choose Retry.$\r$\n$\r$\nWith Cancel everything stays as it is." /SD IDCANCEL IDRETRY again
    SetErrorLevel ${IS_OPEN}
    Quit
  closed:
    ClearErrors
FunctionEnd
!macroend
!insertmacro Closed ""
!insertmacro Closed "un."

Function .onInit
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${FIRST_BUILD}
    MessageBox MB_OK|MB_ICONINFORMATION "Memory Book needs Windows 10, version 1809, or newer, and this Windows is older. Nothing was changed on this computer." /SD IDOK
    SetErrorLevel ${TOO_OLD}
    Quit
  ${EndIf}
  SetShellVarContext current
  Call AskUntilClosed
FunctionEnd

Function un.onInit
  SetShellVarContext current
  Call un.AskUntilClosed
FunctionEnd

Function NotWritten
  SetOutPath "$TEMP"
  RMDir /r "${COMING}"
  MessageBox MB_OK|MB_ICONINFORMATION "Memory Book could not be put on this computer: there may be too little room on the disk, or something holds its folder.$\r$\n$\r$\nYour books were not touched. Please make some room and start this again." /SD IDOK
  SetErrorLevel ${NOT_WRITTEN}
  Quit
FunctionEnd

Section "Memory Book"
  RMDir /r "${COMING}"
  ClearErrors
  SetOverwrite try
  !include "${MADE}\files.nsh"
  IfErrors 0 +2
    Call NotWritten
  SetOutPath "$INSTDIR"
  Call AskUntilClosed
  RMDir /r "${PROGRAM}"
  ClearErrors
  Rename "${COMING}" "${PROGRAM}"
  IfErrors 0 +2
    Call NotWritten
  WriteUninstaller "$INSTDIR\uninstall.exe"

  SetOutPath "${PROGRAM}"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "${PROGRAM}\memorybook.exe" "" "${PROGRAM}\memorybook.exe" 0 SW_SHOWNORMAL "" "A private place for memories"
  SetOutPath "$INSTDIR"

  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${APP_PATH}" "" "${PROGRAM}\memorybook.exe"
  WriteRegStr HKCU "Software\Classes\.mbbackup" "" "${FILE_KIND}"
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}" "" "Copy of a memory book"
  ; FTA_NoRecentDocs: which copies were opened is nobody else's business.
  WriteRegDWORD HKCU "Software\Classes\${FILE_KIND}" "EditFlags" 0x00100000
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}\DefaultIcon" "" "${PROGRAM}\memorybook.exe,0"
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}\shell\open\command" "" '"${PROGRAM}\memorybook.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${PROGRAM}\memorybook.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The people who make Memory Book"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KIB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  ; The program alone. Books, copies and settings are elsewhere.
  SetOutPath "$TEMP"
  RMDir /r "${PROGRAM}"
  RMDir /r "${COMING}"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.mbbackup" ""
  StrCmp $0 "${FILE_KIND}" 0 +2
    DeleteRegKey HKCU "Software\Classes\.mbbackup"
  DeleteRegKey HKCU "Software\Classes\${FILE_KIND}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "Software\${ID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
